package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.http.problem.ProblemException;
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
  private static final int MOST = 3;

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
        new Settings(),
        clock);
  }

  /** Three of one subject, for thirty seconds. */
  private record Settings() implements AuthConfig.Ticket {
    @Override
    public Duration ttl() {
      return Duration.ofSeconds(30);
    }

    @Override
    public int most() {
      return MOST;
    }
  }

  private static Optional<AccessToken> used(Tickets by, String ticket) {
    try {
      return Optional.of(by.use(ticket).token());
    } catch (TokenRefusedException refused) {
      return Optional.empty();
    }
  }

  private String ticket() {
    return tickets.issue(token).text();
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
    String ticket = tickets.issue(strong).text();

    assertThat(log.notes().orElseThrow().all("tickets").toString()).doesNotContain(ticket);
    assertThat(tickets.use(ticket).token().grant()).isEqualTo(Grant.NONE);
  }

  // ---- how many

  private static AccessToken of(Optional<String> subject, Optional<String> id) {
    return new AccessToken(
        "", subject, id, Optional.empty(), HandClock.START.plusSeconds(100), Grant.NONE);
  }

  /** How many it gives until it refuses, and when to come back. */
  private static String until429(Tickets program, AccessToken token) {
    for (int given = 0; given <= MOST; given++) {
      try {
        program.issue(token);
      } catch (ProblemException refused) {
        assertThat(refused.problem().status()).isEqualTo(429);
        assertThat(refused.problem().limit()).hasValue(MOST);
        return given + ", " + refused.headers().get("Retry-After");
      }
    }
    return "no end";
  }

  @Test
  void oneSubjectHasSoManyAndAnotherAsMany() {
    AccessToken somebody = of(Optional.of("a"), Optional.of("1"));

    assertThat(until429(tickets, somebody)).isEqualTo("3, 30");
    assertThat(until429(tickets, of(Optional.of("a"), Optional.of("2")))).isEqualTo("0, 30");
    assertThat(until429(tickets, of(Optional.of("b"), Optional.of("1")))).isEqualTo("3, 30");
    assertThat(until429(tickets, of(Optional.empty(), Optional.of("a")))).isEqualTo("3, 30");
    assertThat(until429(tickets, of(Optional.empty(), Optional.of("b")))).isEqualTo("3, 30");
    assertThat(until429(tickets, of(Optional.empty(), Optional.empty()))).isEqualTo("3, 30");
    assertThat(until429(tickets, of(Optional.empty(), Optional.empty()))).isEqualTo("0, 30");
  }

  @Test
  void whatIsOverMakesRoomAndWhatWasUsedIsNotOver() {
    AccessToken somebody = of(Optional.of("a"), Optional.empty());
    String used = tickets.issue(somebody).text();
    tickets.use(used);
    assertThat(until429(tickets, somebody)).isEqualTo("2, 30");
    clock.advance(Duration.ofMillis(29_001));
    assertThat(until429(tickets, somebody)).isEqualTo("0, 1");

    clock.advance(Duration.ofMillis(999));

    assertThat(until429(tickets, somebody)).isEqualTo("2, 30");
  }

  @Test
  void thoseOfOtherProgramsCountAndThoseBeforeARestart() {
    AccessToken somebody = of(Optional.of("a"), Optional.empty());
    Tickets other = program(Tokens.SECRET);
    other.issue(somebody);
    assertThat(until429(tickets, somebody)).isEqualTo("2, 30");

    assertThat(until429(program(Tokens.SECRET), somebody)).isEqualTo("0, 30");
    clock.advance(Duration.ofSeconds(29));
    other.issue(somebody);
    clock.advance(Duration.ofSeconds(1));

    assertThat(until429(tickets, somebody)).isEqualTo("2, 29");
  }
}
