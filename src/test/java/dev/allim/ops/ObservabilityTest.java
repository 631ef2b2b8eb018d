package dev.allim.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ObservabilityTest {
  private static final Pattern NAME = Pattern.compile("\\ballim_[a-z_]+");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^allim_[a-z_]+");
  private static final Path DASHBOARD = Path.of("docker/grafana/allim-dashboard.json");
  private static final Path ALERTS = Path.of("docker/prometheus/alerts.yaml");
  private static final Path DOCUMENT = Path.of("src/docs/observability.md");

  @TestHTTPResource("/events/observed")
  URI stream;

  private static String scrape() {
    return given()
        .accept("text/plain")
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The sum of all samples that begin like this. */
  private static double value(String sample) {
    return scrape()
        .lines()
        .filter(
            line -> line.substring(0, line.lastIndexOf(' ')).replace(",}", "}").startsWith(sample))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void publish(String topic, String data) {
    given().body(data).post("/events/" + topic).then().statusCode(201);
  }

  @Test
  void everyNameInTheDashboardIsScraped() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());

    Set<String> used = names(NAME, String.join("\n", dashboard.findValuesAsText("expr")));

    assertThat(used).isNotEmpty().isSubsetOf(names(SAMPLE, scrape()));
  }

  @Test
  void noTagIsWhatAClientSent() {
    for (String method : List.of("M0000001", "M0000002")) {
      given().request(method, "/nothing").then().statusCode(404);
      given().request(method, "/q/health").then();
      given().get("/q/health/group/" + method).then();
      given().request(method, "/events/observed").then();
    }

    assertThat(scrape()).doesNotContain("M000000");
  }

  @Test
  void everyNameInTheAlertRulesIsScraped() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(ALERTS.toFile());

    Set<String> used = names(NAME, String.join("\n", rules.findValuesAsText("expr")));

    assertThat(used).isNotEmpty().isSubsetOf(names(SAMPLE, scrape()));
    assertThat(rules.findValuesAsText("summary")).hasSameSizeAs(rules.findValuesAsText("alert"));
  }

  @Test
  void theDocumentedNamesAreExactlyTheScrapedOnes() throws IOException {
    Set<String> documented =
        Files.readString(DOCUMENT)
            .lines()
            .filter(line -> line.startsWith("| `allim_"))
            .flatMap(line -> names(NAME, line.split("\\|")[1]).stream())
            .collect(Collectors.toSet());

    Set<String> scraped = names(SAMPLE, scrape());

    assertThat(scraped.stream().map(ObservabilityTest::family)).hasSameElementsAs(documented);
  }

  /** The parts of a histogram are documented by its name. */
  private static String family(String sample) {
    return sample.replaceFirst("_(bucket|count|sum)$", "");
  }

  @Test
  void causesAndReasonsThatAreDocumentedAreScraped() throws IOException {
    String document = Files.readString(DOCUMENT);

    List<String> tags =
        Stream.of("cause", "reason")
            .flatMap(tag -> Pattern.compile(tag + "=\"([a-z_]+)\"").matcher(scrape()).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(tags).contains("client_left", "draining", "invalid", "overloaded");
    assertThat(document).contains(tags.stream().filter(tag -> !tag.equals("error")).toList());
  }

  @Test
  void aStreamIsCountedFromItsOpeningToItsEnd() {
    double opened = value("allim_streams_opened_total");
    double left = value("allim_streams_closed_total{cause=\"client_left\"}");
    SseClient reader = SseClient.open(stream);
    reader.nextRetry();
    assertThat(value("allim_streams_open")).isGreaterThanOrEqualTo(1);
    assertThat(value("allim_streams_opened_total")).isGreaterThanOrEqualTo(opened + 1);
    reader.close();
    await()
        .untilAsserted(
            () ->
                assertThat(value("allim_streams_closed_total{cause=\"client_left\"}"))
                    .isGreaterThanOrEqualTo(left + 1));
  }

  @Test
  void aDeliveryIsCountedAndTimed() {
    double published = value("allim_notifications_published_total");
    double delivered = value("allim_events_delivered_total");
    double bytes = value("allim_bytes_delivered_total");
    double answers = value("allim_publish_seconds_count");
    double deliveries = value("allim_delivery_seconds_count");
    try (SseClient reader = SseClient.open(stream)) {
      reader.nextRetry();
      publish("observed", "counted");
      assertThat(reader.next().data()).isEqualTo("counted");
      assertThat(value("allim_notifications_published_total")).isGreaterThan(published);
      assertThat(value("allim_events_delivered_total")).isGreaterThan(delivered);
      assertThat(value("allim_bytes_delivered_total")).isGreaterThan(bytes + "counted".length());
      assertThat(value("allim_publish_seconds_count")).isGreaterThan(answers);
      await()
          .untilAsserted(
              () -> assertThat(value("allim_delivery_seconds_count")).isGreaterThan(deliveries));
    }
  }

  @Test
  void aReaderThatResumesIsCountedAndOneThatMissedSomethingToo() {
    double replays = value("allim_replays_total");
    double gaps = value("allim_gaps_total");
    try (SseClient reader = SseClient.open(stream, "Last-Event-ID", "urn:nobody:knows")) {
      assertThat(reader.next().type()).isEqualTo("gap");
      assertThat(value("allim_replays_total")).isGreaterThanOrEqualTo(replays + 1);
      assertThat(value("allim_gaps_total")).isGreaterThanOrEqualTo(gaps + 1);
    }
  }

  @Test
  void aRefusedPublishIsCountedByItsReason() {
    double invalid = value("allim_rejected_total{reason=\"invalid\"}");
    double mediaType = value("allim_rejected_total{reason=\"media_type\"}");

    given().body("{").contentType("application/json").post("/events").then().statusCode(400);
    given().body("x").contentType("text/plain").post("/events").then().statusCode(415);

    assertThat(value("allim_rejected_total{reason=\"invalid\"}")).isEqualTo(invalid + 1);
    assertThat(value("allim_rejected_total{reason=\"media_type\"}")).isEqualTo(mediaType + 1);
  }

  @Test
  void theRingFills() {
    publish("observed", "kept");

    await().untilAsserted(() -> assertThat(value("allim_ring_frames")).isPositive());
    assertThat(value("allim_ring_bytes")).isPositive();
  }

  @Test
  void streamsStayOutOfTheHttpTimers() {
    SseClient.open(stream).close();
    given().get("/q/health/live").then().statusCode(200);

    assertThat(scrape()).doesNotContain("uri=\"/events");
  }
}
