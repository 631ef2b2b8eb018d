package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {
  private static final List<String> KNOWN =
      List.of("allim.limits.streams", "allim.stream.heartbeat", "allim.rules.*.age");

  @Test
  void aMisspeltPropertyIsFoundWithTheNearest() {
    Map<String, String> unknown =
        UnknownKeys.find(List.of("allim.stream.heartbeet", "other.key"), Set.of(), KNOWN);

    assertThat(unknown)
        .containsExactly(Map.entry("allim.stream.heartbeet", "allim.stream.heartbeat"));
  }

  @Test
  void aMisspeltVariableIsFoundOnceThoughItIsAPropertyToo() {
    Map<String, String> unknown =
        UnknownKeys.find(
            List.of("allim.limit.streams"), Set.of("ALLIM_LIMIT_STREAMS", "HOME"), KNOWN);

    assertThat(unknown).containsExactly(Map.entry("ALLIM_LIMIT_STREAMS", "allim.limits.streams"));
  }

  @Test
  void whatTheCommandsReadIsNoSettingAndNoMistake() {
    assertThat(UnknownKeys.find(List.of("allim.token"), Set.of("ALLIM_HUB", "ALLIM_TOKEN"), KNOWN))
        .isEmpty();
  }

  @Test
  void whatExistsIsNotFound() {
    Map<String, String> unknown =
        UnknownKeys.find(
            List.of("allim.limits.streams", "allim.rules.\"a/b\".age"),
            Set.of("ALLIM_STREAM_HEARTBEAT", "ALLIM_RULES_A_AGE"),
            KNOWN);

    assertThat(unknown).isEmpty();
  }
}
