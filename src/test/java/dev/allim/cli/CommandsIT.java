package dev.allim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.CommandRun;
import dev.allim.testing.HubProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published and heard on the command line. */
class CommandsIT {
  @TempDir static Path directory;
  private static HubProgram hub;
  private static Map<String, String> here;

  @BeforeAll
  static void start() {
    hub = HubProgram.start(directory, Map.of());
    here = Map.of("ALLIM_HUB", hub.uri("/").toString());
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static CommandRun run(String... words) {
    return CommandRun.of(here, words);
  }

  @Test
  void whatIsPublishedIsHeardWithItsTopicAndEvent() {
    String id = run("pub", "a/1", "shipped", "--event", "update").ends(0).output().strip();
    assertThat(id).startsWith("urn:uuid:");

    try (CommandRun sub = run("sub", "a/{id}", "--since", "earliest", "-n", "1")) {
      assertThat(sub.ends(0).output()).isEqualTo("a/1 [update]\tshipped\n");
    }
  }

  @Test
  void theStandardInputIsPublishedAsItIs() {
    String data = "알림\n  two lines: é\n";
    run("pub", "with space/알림?x=1#y", "-").read(data).ends(0);

    try (CommandRun sub =
        run("sub", "with space/알림?x=1#y", "--since", "earliest", "-n", "1", "--raw")) {
      assertThat(sub.ends(0).output()).isEqualTo(data + "\n");
    }
  }

  @Test
  void jsonHasAllThereIs() throws IOException {
    String id = run("pub", "json/1", "x", "--key", "k", "--ttl", "1h").ends(0).output().strip();

    try (CommandRun sub = run("sub", "json/1", "--since", "earliest", "-n", "1", "--json")) {
      JsonNode event = new ObjectMapper().readTree(sub.ends(0).output());
      assertThat(event.path("id").asText()).isEqualTo(id);
      assertThat(event.path("key").asText()).isEqualTo("k");
      assertThat(event.path("data").asText()).isEqualTo("x");
    }
  }

  @Test
  void dataCannotTakeOverATerminal() {
    hub.client().publish("/events/terminal", "a\u001b[2Jb\u0007c");

    try (CommandRun sub = run("sub", "terminal", "--since", "earliest", "-n", "1")) {
      assertThat(sub.ends(0).output()).isEqualTo("terminal\ta\uFFFD[2Jb\uFFFDc\n");
    }
  }

  @Test
  void aListenerGoesOnWhereItWasWhenTheHubComesBack(@TempDir Path own) {
    try (HubProgram restarted = HubProgram.start(own, Map.of("allim.stream.retry", "100ms"));
        CommandRun sub =
            CommandRun.of("sub", "r", "-H", restarted.uri("/").toString(), "-n", "3")) {
      sub.awaitComplaint("listening");
      restarted.client().publish("/events/r", "one");
      sub.awaitOutput("one");

      restarted.kill();
      sub.awaitComplaint("trying again");
      restarted.startAgain();
      restarted.client().publish("/events/r", "two");
      restarted.client().publish("/events/r", "three");

      assertThat(sub.ends(0).output()).isEqualTo("r\tone\nr\ttwo\nr\tthree\n");
    }
  }

  @Test
  void exitCodesTellWhatIsWrong() {
    assertThat(run("pub", "t", "x", "--ttl", "soon").ends(3).complaints())
        .contains("ttl must be a length of time");
    assertThat(run("pub").ends(2).complaints()).contains("TOPIC");
    assertThat(run("publish", "t").ends(2).complaints()).contains("pub");
    assertThat(run("sub", "{", "-n", "1").ends(3).complaints()).contains("400");
    assertThat(CommandRun.of("pub", "t", "x", "-H", "ftp://here").ends(1).complaints())
        .contains("address of a hub");
    assertThat(CommandRun.of("doctor", "http://127.0.0.1:1").ends(1).output())
        .contains("nothing listens there");
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(run("--help").ends(0).output())
        .contains("serve", "pub", "sub", "doctor", "completion", "Exit codes");
  }

  /** Presses the tabulator behind some words, as far as a shell without a keyboard can. */
  private static final String TABULATOR =
      """
      source "$1"
      compopt() { :; } # only while a key is pressed
      by=$(complete -p allim | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
      shift
      COMP_WORDS=(allim "$@")
      COMP_CWORD=$#
      COMP_LINE="allim $*"
      COMP_POINT=${#COMP_LINE}
      "$by"
      echo "${COMPREPLY[@]}"
      """;

  private static String completed(Path script, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", TABULATOR, "bash"));
    command.add(script.toString());
    command.addAll(List.of(words));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(printed).isZero();
    return printed.strip();
  }

  private static boolean hasBash() throws InterruptedException {
    try {
      return new ProcessBuilder("bash", "-c", "true").start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    }
  }

  @Test
  void aShellCompletesCommandsAndTheirOptions(@TempDir Path own) throws Exception {
    assumeTrue(hasBash(), "there is no bash to try the completion with");
    Path script = Files.writeString(own.resolve("allim"), run("completion").ends(0).output());

    assertThat(completed(script, "pu")).isEqualTo("pub");
    assertThat(completed(script, "sub", "--sin")).isEqualTo("--since");
    assertThat(completed(script, "token", "--pub")).isEqualTo("--publish");
    assertThat(completed(script, "").split(" "))
        .contains("serve", "pub", "sub", "token", "doctor", "completion");
  }
}
