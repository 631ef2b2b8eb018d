package dev.allim.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.allim.text.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of W3C Trace Context is understood. */
class TraceParentTest {
  private static final String SPAN = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void takesItAsItIs() {
    assertThat(TraceParent.parse("00-" + SPAN)).hasToString("Optional[00-%s]".formatted(SPAN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01-" + SPAN, "cc-" + SPAN, "cc-" + SPAN + "-more", "fe-" + SPAN + "-"})
  void takesOfANewerVersionWhatItUnderstands(String header) {
    assertThat(TraceParent.parse(header)).contains(new TraceParent("00-" + SPAN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + SPAN + "-",
        "00-" + SPAN + "-more",
        "00-" + SPAN + " ",
        "0-" + SPAN,
        "ff-" + SPAN,
        "01-" + SPAN + "more",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1"
      })
  void whatItCannotBeIsNone(String header) {
    assertThat(TraceParent.parse(header)).isEmpty();
    assertThatExceptionOfType(InvalidFieldException.class)
        .isThrownBy(() -> new TraceParent(header));
  }
}
