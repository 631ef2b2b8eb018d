package dev.allim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.CommandRun;
import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token of the command line opens what it grants, and nothing else. */
class TokenIT {
  private static final Map<String, String> KEY = Map.of("ALLIM_AUTH_SECRET", Tokens.SECRET);

  @TempDir Path directory;

  private static String token(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "token";
    System.arraycopy(words, 0, all, 1, words.length);
    return CommandRun.of(KEY, all).ends(0).output().strip();
  }

  private static CommandRun with(HubProgram hub, String token, String... words) {
    Map<String, String> environment = new HashMap<>();
    environment.put("ALLIM_HUB", hub.uri("/").toString());
    environment.put("ALLIM_TOKEN", token);
    return CommandRun.of(environment, words);
  }

  @Test
  void itOpensWhatItGrants() {
    try (HubProgram hub =
        HubProgram.start(
            directory,
            Map.of("allim.auth.secret", Tokens.SECRET, "allim.stream.heartbeat", "1s"))) {
      String token = token("--publish", "orders/{id}", "--sub", "shop", "--ttl", "10m");

      assertThat(with(hub, token, "pub", "orders/42", "x").ends(0).output()).contains("urn:uuid:");
      assertThat(with(hub, token, "pub", "news", "x").ends(3).complaints()).contains("403");
      assertThat(with(hub, "", "pub", "orders/42", "x").ends(3).complaints()).contains("401");
      assertThat(with(hub, token, "doctor", "--topic", "orders/42").ends(0).output())
          .contains("the token says it is good for 9 minutes", "orders/{id}", "is granted");
      assertThat(with(hub, token, "doctor").ends(0).output()).contains("does not grant publishing");
      assertThat(with(hub, "", "doctor").ends(0).output()).contains("publishing needs a token");
    }
  }

  @Test
  void itIsRevokedByItsIdAlone() {
    try (HubProgram hub =
        HubProgram.start(
            directory,
            Map.of("allim.auth.secret", Tokens.SECRET, "allim.stream.heartbeat", "1s"))) {
      String lost = token("--publish", "*", "--sub", "shop", "--id", "till-7");
      String kept = token("--publish", "*", "--sub", "shop");
      assertThat(with(hub, lost, "doctor").ends(0).output()).contains("; its jti is \"till-7\"");
      assertThat(with(hub, kept, "doctor").ends(0).output()).contains("; its jti is \"");

      HttpRequest.Builder revocation =
          HttpRequest.newBuilder(hub.uri("/revocations"))
              .header("Authorization", "Bearer " + token("--admin"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"jti\":\"till-7\"}"));
      assertThat(hub.client().send(revocation).statusCode()).isEqualTo(201);

      assertThat(with(hub, lost, "pub", "a", "x").ends(3).complaints()).contains("401");
      assertThat(with(hub, kept, "pub", "a", "x").ends(0).output()).contains("urn:uuid:");
    }
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(CommandRun.of("token", "--publish", "a").ends(1).complaints())
        .contains("ALLIM_AUTH_SECRET");
    assertThat(CommandRun.of(Map.of("allim.auth.secret", "short"), "token").ends(1).complaints())
        .contains("at least 32");
    assertThat(CommandRun.of(KEY, "token", "--ttl", "soon").ends(2).complaints()).contains("--ttl");
    assertThat(CommandRun.of(KEY, "token", "--id", "").ends(2).complaints()).contains("--id");
    assertThat(CommandRun.of(KEY, "token", "--id", "x".repeat(256)).ends(2).complaints())
        .contains("1 to 255");
    assertThat(CommandRun.of(KEY, "token", "--publish", "{").ends(2).complaints())
        .contains("--publish");
  }
}
