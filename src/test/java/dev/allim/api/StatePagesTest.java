package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** Pages of the state: the newest of each key, and what has changed since. */
@QuarkusTest
class StatePagesTest extends AskingForHistory {
  @Test
  void aPageOfTheLatestIsTheState() {
    publishWith("pages/latest", "id=pl-1&key=k");
    publishWith("pages/latest", "id=pl-2&key=k");

    assertThat(idsOf(json("/events/pages/latest?since=latest"))).containsExactly("pl-2");
  }

  @Test
  void pagesOfTheLatestFollowOneAnotherIntoWhatHasChangedSince() {
    for (int i = 0; i < 5; i++) {
      publishWith("pages/state", "id=ps-" + i + "&key=k" + i);
    }

    JsonPath first = json("/events/pages/state?since=latest&limit=2");
    publishWith("pages/state", "id=ps-5&key=k0");
    publishWith("pages/state", "id=ps-6&key=k3");
    JsonPath second = json("/events/pages/state?limit=2&since=" + first.getString("next"));
    JsonPath third = json("/events/pages/state?limit=2&since=" + second.getString("next"));
    publishWith("pages/state", "id=ps-7&key=k3");
    publishWith("pages/state", "id=ps-8&key=k3");
    JsonPath changes = json("/events/pages/state?since=" + third.getString("next"));

    assertThat(idsOf(first)).containsExactly("ps-0", "ps-1");
    assertThat(idsOf(second)).containsExactly("ps-2", "ps-4");
    assertThat(idsOf(third)).containsExactly("ps-5", "ps-6");
    assertThat(first.getBoolean("complete")).isFalse();
    assertThat(third.getBoolean("complete")).isTrue();
    assertThat(third.getString("next")).isEqualTo("ps-6");
    assertThat(idsOf(changes)).containsExactly("ps-7", "ps-8");
  }

  @Test
  void aStreamGoesOnWhereAPageOfTheLatestEnded() {
    for (int i = 0; i < 3; i++) {
      publishWith("pages/then", "id=pt-" + i + "&key=k" + i);
    }
    String next = json("/events/pages/then?since=latest&limit=1").getString("next");

    assertThat(ids("/events/pages/then?since=" + next, 2)).containsExactly("pt-1", "pt-2");
  }

  @Test
  void theRestOfAStateWhoseBeginningIsGoneIsAllOfIt() {
    publishWith("pages/rest", "id=pr-1&key=k");

    JsonPath page = json("/events/pages/rest?since=latest:gone");

    assertThat(idsOf(page)).containsExactly("pr-1");
    assertThat(page.getString("gap.asked")).isEqualTo("latest:gone");
  }
}
