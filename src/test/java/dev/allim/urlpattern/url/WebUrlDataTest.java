package dev.allim.urlpattern.url;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every URL of the web platform tests is read as browsers read it, but for what is listed. */
class WebUrlDataTest {
  private static final int CASES = 891;

  /** The JDK's IDNA of 2003 makes ss of a sharp s. */
  private static final List<String> OTHERWISE = List.of("https://faß.ExAmPlE/");

  @Test
  void readsAllButWhatIsListed() throws IOException {
    List<String> different = new ArrayList<>();
    int cases = 0;
    for (JsonNode one : data()) {
      if (one.isObject()) {
        cases++;
        if (!read(one).equals(expected(one))) {
          different.add(one.path("input").textValue());
        }
      }
    }

    assertThat(cases).isEqualTo(CASES);
    assertThat(different).isEqualTo(OTHERWISE);
  }

  private static JsonNode data() throws IOException {
    try (InputStream data =
        WebUrlDataTest.class.getResourceAsStream("/web-platform-tests/urltestdata.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(data));
    }
  }

  private static Optional<List<String>> read(JsonNode one) {
    return WebUrl.parseAgainst(
            one.path("input").textValue(), Optional.ofNullable(one.path("base").textValue()))
        .map(
            url ->
                List.of(
                    url.scheme() + ":",
                    url.username(),
                    url.password(),
                    url.host().orElse(""),
                    url.port(),
                    url.path(),
                    url.query().filter(query -> !query.isEmpty()).map("?"::concat).orElse(""),
                    url.fragment().filter(hash -> !hash.isEmpty()).map("#"::concat).orElse("")));
  }

  private static Optional<List<String>> expected(JsonNode one) {
    List<String> parts =
        List.of(
            "protocol", "username", "password", "hostname", "port", "pathname", "search", "hash");
    return one.path("failure").asBoolean()
        ? Optional.empty()
        : Optional.of(parts.stream().map(part -> one.path(part).asText()).toList());
  }
}
