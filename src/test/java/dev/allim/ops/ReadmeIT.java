package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import dev.allim.testing.Requires;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every {@code curl} of the README works as it stands there. */
class ReadmeIT {
  private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}(curl (?:.*\\\\\\n)*.*)$");
  private static final Pattern LISTENS = Pattern.compile("^curl -g?N ");

  /** The first byte of a stream is enough: the next heartbeat finds nobody to write to. */
  private static final String PRELUDE =
      "curl() { command curl --silent --show-error --fail --max-time 20 \"$@\"; }\n";

  @TempDir Path directory;

  @Test
  void everyCommandWorks() throws Exception {
    Requires.program("curl");
    List<String> commands =
        COMMAND
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(MatchResult::group)
            .map(String::strip)
            .toList();
    assertThat(commands).hasSizeGreaterThan(8).anyMatch(command -> command.contains("DELETE"));
    try (HubProgram hub = HubProgram.start(directory, Map.of("allim.stream.heartbeat", "200ms"))) {
      for (String command : commands) {
        works(hub, command);
      }
    }
  }

  private void works(HubProgram hub, String command) throws Exception {
    HubClient client = hub.client();
    String target = command.contains("DELETE") ? "/events/later?delay=1h" : "/events/now";
    String id = JsonPath.from(client.post(target, "an id to speak of").body()).getString("id");
    String line =
        command.replace("localhost:8080", "127.0.0.1:" + hub.port()).replace("urn:uuid:…", id);
    String answer = run(withoutComment(line));
    if (LISTENS.matcher(command).find()) {
      assertThat(answer).as(command).matches("(?s)(retry|id|:).*");
    }
  }

  /** Behind two spaces: a pipe follows, which a comment would hide. */
  private static String withoutComment(String line) {
    return line.replaceFirst(" +# .*$", "");
  }

  private String run(String line) throws IOException, InterruptedException {
    boolean listens = LISTENS.matcher(line).find();
    Process process =
        new ProcessBuilder("bash", "-c", PRELUDE + line + (listens ? " 2>&1 | head -n 1" : ""))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(line).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", line, said).isZero();
    return said;
  }
}
