package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.allim.testing.FreshDirectory;
import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real browser on pages of another origin than the hub's, with a token: as README has it, with a
 * cookie, and with a ticket. Only pages that may are told anything.
 */
class OtherOriginIT extends BrowsedHub {
  private static final HttpServer SHOP = site();
  private static final HttpServer STRANGER = site();
  private static final List<HttpServer> SITES = List.of(SHOP, STRANGER);
  private static final String TOPIC = "users/42/inbox";
  private static final String MINE = "users/42/{+rest}";

  /** As it stands in README, but for the names of the hosts. */
  private static final Pattern SNIPPET =
      Pattern.compile("\\*\\*4\\. The browser\\*\\*.*?```js\n(.*?)```", Pattern.DOTALL);

  private static final String RUN =
      """
      const AsyncFunction = (async () => {}).constructor;
      window.got = [];
      window.failed = '';
      new AsyncFunction('got', arguments[0])(got).catch((why) => (window.failed = String(why)));
      return [];
      """;

  private static final Tokens TOKEN =
      Tokens.shared()
          .lasting(Duration.ofMinutes(10), Instant.now())
          .of("42")
          .granting(List.of("{+any}"), List.of(MINE));

  OtherOriginIT() {
    super(
        () ->
            HubProgram.start(
                FreshDirectory.of("other-origin"),
                Map.of(
                    "allim.auth.secret",
                    Tokens.SECRET,
                    "allim.auth.cookie.origins",
                    origin(SHOP),
                    "allim.auth.cookie.same-site",
                    "none",
                    "quarkus.http.cors.enabled",
                    "true",
                    "quarkus.http.cors.origins",
                    origin(SHOP))));
  }

  /**
   * Of the same site as the hub, as another port is: many browsers keep no cookies of other sites.
   */
  private static String origin(HttpServer site) {
    return "http://127.0.0.1:" + site.getAddress().getPort();
  }

  private static HttpServer site() {
    try {
      HttpServer site =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      site.createContext(
          "/",
          exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body =
                (path.equals("/my-token") ? TOKEN.text() : "<!doctype html><title>page</title>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      return site;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @BeforeAll
  void open() {
    SITES.forEach(HttpServer::start);
  }

  @AfterAll
  void close() {
    SITES.forEach(site -> site.stop(0));
  }

  @BeforeEach
  void visitTheShop() {
    browser.visit(URI.create(origin(SHOP) + "/"));
  }

  private void publish(String data) {
    int status =
        hub.client()
            .send(
                HttpRequest.newBuilder(hub.uri("/events/" + TOPIC + "?private=true"))
                    .header("Authorization", TOKEN.bearer())
                    .POST(BodyPublishers.ofString(data)))
            .statusCode();
    assertThat(status).isEqualTo(201);
  }

  /** Has the page do something, which begins with what it knows of the hub. */
  private void run(URI at, String code) {
    String known =
        "const hub = '%s', token = '%s', topic = '%s';\n"
            .formatted(at.resolve("/").toString().replaceAll("/$", ""), TOKEN.text(), TOPIC);
    browser.strings(RUN, known + code);
  }

  private void awaitGot(String all) {
    browser.awaitTrue("return window.failed !== '' || got.join() === '%s'".formatted(all));
    assertThat(browser.strings("return [failed]")).containsExactly("");
  }

  /** Has the tab that is shown listen by what its browser sends by itself. */
  private static String listen(String url) {
    return """
        window.source = new EventSource(%s, { withCredentials: true });
        source.onmessage = (message) => got.push(message.data);
        await new Promise((done) => { source.onopen = source.onerror = done; });
        got.push('readyState ' + source.readyState);
        """
        .formatted(url);
  }

  @Test
  void whatReadmeSaysHearsWhatIsPrivate() throws IOException {
    Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("README.md")));
    assertThat(snippet.find()).isTrue();
    String code =
        snippet
            .group(1)
            .replaceAll("import (\\{.*?}) from '(.*?)';", "const $1 = await import('$2');")
            .replace("https://hub.example/", hub.uri("/").toString())
            .replace("console.log(", "got.push(");
    assertThat(code).contains("await import('http://127").contains("got.push(");

    run(
        hub.uri("/"),
        code.replace("const hub =", "const listening = window.listening =")
            .replace("hub.on(", "listening.on("));
    browser.awaitTrue("return window.failed !== '' || window.listening?.state === 'open'");
    publish("for 42");

    awaitGot("for 42");
    browser.holds("listening.close?.(); return true");
  }

  @Test
  void aCookieOfTheHubOpensAStreamToAPageThatMayUseIt() {
    run(
        hub.uri("/"),
        """
        const answer = await fetch(hub + '/session', {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}` },
          credentials: 'include',
        });
        got.push(answer.status);
        """
            + listen("hub + '/events/' + topic"));
    awaitGot("204,readyState 1");

    publish("by cookie");

    awaitGot("204,readyState 1,by cookie");
  }

  @Test
  void aTicketOpensAStreamThatGoesOnWhereItWasCut() {
    try (CutLine line = new CutLine(hub.uri("/"))) {
      run(
          line.uri("/"),
          """
          const answer = await fetch(hub + '/tickets', {
            method: 'POST',
            headers: { Authorization: `Bearer ${token}` },
          });
          const { ticket } = await answer.json();
          window.url = `${hub}/events/${topic}?ticket=${ticket}`;
          """
              + listen("url"));
      awaitGot("readyState 1");
      publish("by ticket");
      awaitGot("readyState 1,by ticket");

      line.cut();
      browser.awaitTrue("return source.readyState === 0");
      publish("meanwhile");
      line.mend();

      awaitGot("readyState 1,by ticket,meanwhile");
      publish("then");
      awaitGot("readyState 1,by ticket,meanwhile,then");
      assertThat(browser.strings("return [source.url === url]")).containsExactly("true");
    }
  }

  @Test
  void aPageThatMayNotGetsNothingWhateverItsBrowserSends() {
    aCookieOfTheHubOpensAStreamToAPageThatMayUseIt();
    browser.openTab();
    browser.visit(URI.create(origin(STRANGER) + "/"));
    run(
        hub.uri("/"),
        """
        for (const [path, options] of [
          ['/tickets', { method: 'POST', headers: { Authorization: `Bearer ${token}` } }],
          ['/events/' + topic, { headers: { Accept: 'application/json' }, credentials: 'include' }],
        ]) {
          await fetch(hub + path, options).then(
            (answer) => got.push('answered ' + answer.status),
            (why) => got.push(why.name));
        }
        """
            + listen("hub + '/events/' + topic"));
    awaitGot("TypeError,TypeError,readyState 2");

    publish("for the shop alone");

    browser.showTab(0);
    browser.awaitTrue("return got.at(-1) === 'for the shop alone'");
    browser.showTab(1);
    assertThat(browser.strings("return got"))
        .containsExactly("TypeError", "TypeError", "readyState 2");
    browser.closeTab();
  }
}
