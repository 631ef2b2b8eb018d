package dev.allim.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.allim.http.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest {
  @ConfigProperty(name = "quarkus.application.version")
  String version;

  private static JsonNode description() throws IOException {
    return new ObjectMapper()
        .readTree(
            given()
                .accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void itNamesEveryOperation() throws IOException {
    JsonNode paths = description().path("paths");

    assertThat(names(paths))
        .containsExactly(
            "/events", "/events/{topic}", "/revocations", "/session", "/subscriptions", "/tickets");
    assertThat(names(paths.path("/events"))).contains("get", "post", "delete");
    assertThat(names(paths.path("/events/{topic}"))).contains("get", "post", "delete");
  }

  @Test
  void itNamesTheMediaTypes() throws IOException {
    JsonNode description = description();

    assertThat(names(description.at("/paths/~1events/post/requestBody/content")))
        .containsExactly(
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/json",
            "application/x-ndjson");
    assertThat(names(description.at("/components/responses/Stream/content")))
        .containsExactly("application/json", "text/event-stream");
  }

  @Test
  void everyProblemHasAnExampleWithItsStatus() throws IOException {
    JsonNode responses = description().at("/components/responses");

    List<JsonNode> problems = responses.findValues("application/problem+json").stream().toList();

    assertThat(problems)
        .hasSizeGreaterThan(5)
        .allMatch(problem -> problem.at("/example/status").asInt() >= 400)
        .allMatch(problem -> !problem.at("/example/detail").asText().isEmpty());
  }

  @Test
  void itsExampleOfANotificationIsAccepted() throws IOException {
    JsonNode examples =
        description().at("/paths/~1events/post/requestBody/content/application~1json/examples");

    for (JsonNode example : examples) {
      given()
          .contentType(ContentType.JSON)
          .body(example.path("value").toString())
          .post("/events")
          .then()
          .statusCode(201);
    }
  }

  @Test
  void everyParameterOfListeningIsDescribedAndKnown() throws IOException {
    Set<String> described = new TreeSet<>();
    for (JsonNode parameter : description().at("/paths/~1events/get/parameters")) {
      String name = parameter.path("$ref").asText().replaceAll(".*/", "");
      JsonNode resolved = description().at("/components/parameters/" + name);
      if (resolved.path("in").asText().equals("query")) {
        described.add(resolved.path("name").asText());
      }
    }

    String problem = given().accept(ContentType.JSON).get("/events?nothing=1").path("detail");

    Set<String> known =
        new TreeSet<>(Arrays.asList(problem.replaceAll(".*\\[|\\]", "").split(", ")));
    known.remove("last_event_id"); // the same as lastEventId, for those who write it so
    assertThat(described).isEqualTo(known);
  }

  @Test
  void everyFieldOfANotificationIsKnown() throws IOException {
    Set<String> described = names(description().at("/components/schemas/Notification/properties"));

    String problem =
        given().contentType(ContentType.JSON).body("{\"nothing\":1}").post("/events").asString();

    assertThat(described).isNotEmpty().allMatch(problem::contains);
  }

  @Test
  void whatAReusedIdempotencyKeyIsAnsweredIsDescribed() throws IOException {
    int status = 0;
    for (String data : new String[] {"1", "2"}) {
      status =
          given()
              .header("Idempotency-Key", "described")
              .body(data)
              .post("/events/described")
              .statusCode();
    }

    assertThat(names(description().at("/paths/~1events~1{topic}/post/responses")))
        .contains(String.valueOf(status));
    assertThat(description().at("/components/responses/KeyReused").findValuesAsText("status"))
        .contains(String.valueOf(status));
  }

  @Test
  void itIsOfTheProgramThatAnswers() throws IOException {
    JsonNode description = description();

    assertThat(description.at("/info/version").asText()).isEqualTo(version);
    assertThat(description.at("/servers/0/url").asText()).isEqualTo("/");
  }

  /** As it is written, unless JSON is asked for in one of three ways. */
  @Test
  void itComesInTwoForms() throws IOException {
    String written =
        given().get("/q/openapi").then().contentType("application/yaml").extract().asString();

    assertThat(written).contains("version: \"" + version + "\"");
    assertThat(new YAMLMapper().readTree(written)).isEqualTo(description());
    given().get("/q/openapi.yaml").then().contentType("application/yaml");
    given().get("/q/openapi.json").then().contentType(ContentType.JSON);
    given().accept(ContentType.JSON).get("/q/openapi").then().contentType(ContentType.JSON);
    given().head("/q/openapi").then().statusCode(200).contentType("application/yaml");
  }

  @Test
  void itNamesEveryKindOfProblem() throws IOException {
    List<String> described = new ArrayList<>();
    description()
        .at("/components/schemas/Problem/properties/type/enum")
        .forEach(kind -> described.add(kind.asText()));

    assertThat(described.remove("about:blank")).isTrue();
    assertThat(described)
        .containsExactlyElementsOf(Stream.of(ProblemType.values()).map(ProblemType::uri).toList());
  }

  @Test
  void everyKindOfProblemIsAnAnswerThatIsDescribed() throws IOException {
    Set<String> statuses = new TreeSet<>();
    for (JsonNode path : description().path("paths")) {
      path.findValues("responses").forEach(responses -> statuses.addAll(names(responses)));
    }

    assertThat(statuses)
        .contains("401", "403")
        .containsAll(
            Stream.of(ProblemType.values()).map(type -> Integer.toString(type.status())).toList());
  }

  /** Whoever is refused finds out why. */
  @Test
  void theTypeOfAProblemLeadsToItsExplanation() {
    URI type = URI.create(given().post("/events/described?id=place:1").path("type"));

    given()
        .get(type.getPath())
        .then()
        .statusCode(200)
        .contentType(ContentType.HTML)
        .header("Cache-Control", "no-cache")
        .body(containsString("id=\"" + type.getFragment() + "\""));
  }

  /** It says no more than its status. */
  @Test
  void aProblemWithoutAKindHasNoType() {
    given().get("/nowhere").then().statusCode(404).body("containsKey('type')", is(false));
  }
}
