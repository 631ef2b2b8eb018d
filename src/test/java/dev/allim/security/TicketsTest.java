package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.append.SideRoom;
import dev.allim.log.memory.MemoryLog;
import dev.allim.testing.HandClock;
import dev.allim.testing.Tokens;
import dev.allim.topic.TopicMatcher;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private final HandClock clock = new HandClock();
  private final MemoryLog log = new MemoryLog(clock, 10, 1_000, SideRoom.USUAL);
  private final Tickets tickets = program(Tokens.SECRET);
  private final AccessToken token =
      new AccessToken(
          "",
          Optional.of("somebody"),
          Optional.of("jti"),
          Optional.of(HandClock.START),
          HandClock.START.plusSeconds(100),
          new Grant(
              Set.of(),
              Set.of(
                  TopicMatcher.parse("*"),
                  TopicMatcher.parse("orders/{id}"),
                  TopicMatcher.parse("users/42/{+rest}"),
                  TopicMatcher.parse("a topic")),
              false));

  /** One that shares the log. */
  private Tickets program(String secret) {
    return new Tickets(
        () -> log.notes().orElseThrow(),
        new Verifying().trusting(Map.of("allim.auth.secret", secret)),
        Duration.ofSeconds(30),
        clock);
  }

  private static Optional<AccessToken> used(Tickets by, String ticket) {
    try {
      return Optional.of(by.use(ticket));
    } catch (TokenRefusedException refused) {
      return Optional.empty();
    }
  }

  private String ticket() {
    return tickets.issue(token).orElseThrow().text();
  }

  @Test
  void itIsGoodForThirtySeconds() {
    String early = ticket();
    String late = ticket();
    clock.advance(Duration.ofSeconds(29));
    assertThat(used(tickets, early)).contains(token);
    clock.advance(Duration.ofSeconds(1));

    assertThat(used(tickets, late)).isEmpty();
    assertThat(used(tickets, "guessed")).isEmpty();
  }

  @Test
  void usedInTimeItResumesUntilTheTokenEnds() {
    String ticket = ticket();
    tickets.use(ticket);
    clock.advance(Duration.ofSeconds(99));
    assertThat(used(tickets, ticket)).contains(token);
    clock.advance(Duration.ofSeconds(1));

    assertThat(used(tickets, ticket)).isEmpty();
  }

  @Test
  void noTwoAreAlikeAndNoneIsShort() {
    assertThat(ticket()).isNotEqualTo(ticket()).hasSize(43);
  }

  @Test
  void whatAnotherProgramGaveIsGoodHere() {
    Tickets other = program(Tokens.SECRET);
    String fresh = ticket();
    String used = ticket();
    tickets.use(used);

    assertThat(used(other, fresh)).contains(token);
    clock.advance(Duration.ofSeconds(99));
    assertThat(used(other, used)).contains(token);
    assertThat(used(other, fresh)).contains(token);
  }

  @Test
  void neitherTicketNorMoreThanListeningIsKept() {
    AccessToken strong =
        new AccessToken(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            token.expires(),
            new Grant(Set.of(TopicMatcher.parse("*")), Set.of(), true));
    String ticket = tickets.issue(strong).orElseThrow().text();

    assertThat(log.notes().orElseThrow().all("tickets").toString()).doesNotContain(ticket);
    assertThat(tickets.use(ticket).grant()).isEqualTo(Grant.NONE);
  }
}
