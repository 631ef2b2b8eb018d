package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HandClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private final HandClock clock = new HandClock();
  private final Tickets tickets = new Tickets(Duration.ofSeconds(30), clock);
  private final AccessToken token =
      new AccessToken(
          "",
          Optional.of("somebody"),
          Optional.empty(),
          Optional.empty(),
          HandClock.START.plusSeconds(100),
          Grant.NONE);

  private String ticket() {
    return tickets.issue(token).orElseThrow().text();
  }

  @Test
  void itIsGoodForThirtySeconds() {
    String early = ticket();
    String late = ticket();
    clock.advance(Duration.ofSeconds(29));
    assertThat(tickets.use(early)).contains(token);
    clock.advance(Duration.ofSeconds(1));

    assertThat(tickets.use(late)).isEmpty();
    assertThat(tickets.use("guessed")).isEmpty();
  }

  @Test
  void usedInTimeItResumesUntilTheTokenEnds() {
    String ticket = ticket();
    tickets.use(ticket);
    clock.advance(Duration.ofSeconds(99));
    tickets.forget();
    assertThat(tickets.use(ticket)).contains(token);
    clock.advance(Duration.ofSeconds(1));

    assertThat(tickets.use(ticket)).isEmpty();
  }

  @Test
  void noTwoAreAlikeAndNoneIsShort() {
    assertThat(ticket()).isNotEqualTo(ticket()).hasSize(43);
  }
}
