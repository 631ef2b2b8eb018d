package dev.allim.mercure.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.urlpattern.url.WebUrl;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is found out fast is found out as the whole algorithm does. */
class HubUrlTest {
  private static final String NAME = "https://hub.example.com/.well-known/mercure";

  private static final HubUrl HUB =
      new HubUrl(NAME, WebUrl.parse(NAME, Optional.empty()).orElseThrow());

  private static final List<String> PIECES =
      List.of(
          "mercure",
          ".well-known",
          "/",
          "\\",
          ":",
          "?",
          "#",
          ".",
          "..",
          "%6D",
          "%2e",
          "ercure",
          "m",
          "https",
          "http",
          "h",
          " ",
          "MERCURE",
          "@",
          "é");

  @Provide
  Arbitrary<String> topics() {
    return Arbitraries.of(PIECES).list().ofMaxSize(8).map(pieces -> String.join("", pieces));
  }

  @Property
  void theShortCutLeavesNothingOut(@ForAll("topics") String topic) {
    assertThat(HUB.owns(topic)).as(topic).isEqualTo(HUB.leadsHere(topic));
  }
}
