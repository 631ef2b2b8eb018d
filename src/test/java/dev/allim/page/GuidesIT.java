package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the guides say works as it stands there, against the packaged hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuidesIT {
  private static final Path GUIDES = Path.of("src", "docs", "guides");

  /** A stream does not end: some seconds of it are enough to see that it says something. */
  private static final String PRELUDE =
      "curl() { command curl --silent --show-error --max-time 4 \"$@\"; }\n";

  /** Runs a block as a module would be run, with what the guides leave to the reader. */
  private static final String RUN =
      """
      const code = arguments[0]
        .replace(/import (\\{.*?\\}) from 'react';/, 'const $1 = react;')
        .replace(/import (\\{.*?\\}) from '(.*?)';/g, "const $1 = await import('$2');")
        .replace(/^export /gm, '');
      window.shown ??= [];
      window.states = [];
      window.effects = [];
      const react = {
        useState: (value) => {
          const cell = [value];
          states.push(cell);
          return [value, (next) => (cell[0] = next.call ? next(cell[0]) : next)];
        },
        useEffect: (effect) => effects.push(effect()),
      };
      const show = (...what) => shown.push(what.join(' '));
      const AsyncFunction = (async () => {}).constructor;
      window.failed = '';
      new AsyncFunction('react', 'show', 'status', 'reload', code)(react, show, show, show)
        .catch((failure) => (window.failed = String(failure)));
      return [];
      """;

  private final HubProgram hub = DemoHub.start();

  @AfterAll
  void close() {
    hub.close();
  }

  private static List<String> blocks(String guide, String language) {
    try {
      Pattern block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
      List<String> blocks =
          block
              .matcher(Files.readString(GUIDES.resolve(guide)))
              .results()
              .map((MatchResult found) -> found.group(1))
              .toList();
      assertThat(blocks).as(guide).isNotEmpty();
      return blocks;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String run(String program, String code) throws IOException, InterruptedException {
    String here = code.replace("localhost:8080", "127.0.0.1:" + hub.port());
    Process process =
        new ProcessBuilder(Requires.program(program).toString(), "-c", here)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(code).isTrue();
    if (!code.contains("-N ") && !code.contains("-sN ")) {
      assertThat(process.exitValue()).as("%s%n%s", code, said).isZero();
    }
    return said;
  }

  @Test
  void fromAShell() throws IOException, InterruptedException {
    List<String> blocks = blocks("shell.md", "sh");
    StringBuilder said = new StringBuilder();
    for (String block : blocks) {
      said.append(run("bash", PRELUDE + block));
    }

    assertThat(said).contains("data: shipped", "\"topics\":[\"builds\"]", "heard: ");
    assertThat(said.toString().split("\\[\"logs\"]", -1)).hasSize(4);
  }

  @Test
  void fromPython() throws IOException, InterruptedException {
    List<String> blocks = blocks("python.md", "python");

    String id = run("python3", blocks.get(0)).strip();

    assertThat(id).startsWith("urn:uuid:");
    assertThat(run("python3", blocks.get(1))).contains(id + " {\"state\":\"shipped\"}");
  }

  @Test
  void withEventSource() {
    try (Browser browser = Browser.open()) {
      browser.visit(hub.uri("/allim.js"));
      hub.client().publish("/events/orders/1", "before");
      browser.strings(RUN, blocks("eventsource.md", "js").get(0));
      browser.awaitTrue("return shown.includes('connected')");
      hub.client().publish("/events/orders/2?event=update", "{\"state\":\"packed\"}");

      browser.awaitTrue("return shown.includes('packed')");
      browser.awaitTrue("return shown.some(said => said.startsWith('before urn:'))");
    }
  }

  @Test
  void withAllim() {
    List<String> blocks = blocks("allim-js.md", "js");
    try (Browser browser = Browser.open()) {
      browser.visit(hub.uri("/allim.js"));
      browser.strings(RUN, blocks.get(0) + blocks.get(1));
      browser.awaitTrue("return shown.some(said => said.startsWith('open'))");
      hub.client().publish("/events/orders/3?event=update", "{\"a\":1}");
      hub.client().publish("/events/news", "heard in the loop");

      browser.awaitTrue("return shown.includes('orders/3 [object Object]')");
      browser.awaitTrue("return shown.includes('news heard in the loop')");
      assertThat(browser.strings("return [failed]")).containsExactly("");
    }
  }

  @Test
  void withAReactHook() {
    String use = "window.answer = useNotifications('orders/{id}');";
    try (Browser browser = Browser.open()) {
      browser.visit(hub.uri("/allim.js"));
      hub.client().publish("/events/orders/4", "before");
      browser.strings(RUN, blocks("react.md", "js").get(0) + use);
      browser.awaitTrue("return states[1]?.[0] === 'open'");
      hub.client().publish("/events/orders/5", "after");

      browser.awaitTrue("return states[0][0].some(({ data }) => data === 'before')");
      browser.awaitTrue("return states[0][0].at(-1)?.data === 'after'");
      browser.holds("effects[0](); return true");
      browser.awaitTrue("return states[1][0] === 'closed'");
    }
  }
}
