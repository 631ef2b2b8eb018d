package dev.allim.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.allim.http.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PublishRatesTest {
  private static final Optional<RatePolicy> TEN =
      Optional.of(new RatePolicy("notifications", 10, 20));
  private static final Optional<RatePolicy> KILOBYTE =
      Optional.of(new RatePolicy("bytes", 1000, 2000));

  private final AtomicLong now = new AtomicLong();
  private final PublishRates rates = new PublishRates(TEN, KILOBYTE, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aBurstPassesAndThenSoManyASecond() {
    rates.take("a", 20, 0);
    assertThatThrownBy(() -> rates.take("a", 1, 0)).isInstanceOf(ProblemException.class);

    pass(Duration.ofMillis(500));
    rates.take("a", 5, 0);
    assertThatThrownBy(() -> rates.take("a", 1, 0)).hasMessageContaining("10 notifications");
  }

  @Test
  void whatLacksOneTakesNothingOfTheOther() {
    rates.take("a", 1, 2000);
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> rates.take("a", 19, 1)).hasMessageContaining("1000 bytes");
    }
    rates.take("a", 19, 0);
  }

  @Test
  void whoIsRefusedIsRefusedAloneAndBeforeItsBodyIsRead() {
    rates.take("a", 20, 0);
    assertThatThrownBy(() -> rates.requireAny("a")).isInstanceOf(ProblemException.class);

    assertThatCode(() -> rates.requireAny("b")).doesNotThrowAnyException();
    rates.take("b", 20, 2000);
  }

  @Test
  void aPublisherIsForgottenOnceItsBucketIsFullAgain() {
    rates.take("a", 20, 0);
    pass(Duration.ofMillis(1900));
    rates.forget();
    assertThat(rates.known()).isEqualTo(1);

    pass(Duration.ofMillis(200));
    rates.forget();
    assertThat(rates.known()).isZero();
    rates.take("a", 20, 0);
  }

  @Test
  void soManyPublishersDoNotFillTheMemory() {
    for (int i = 0; i < PublishRates.MOST_PUBLISHERS + 20; i++) {
      rates.take("address " + i, 1, 0);
    }
    assertThat(rates.known()).isEqualTo(PublishRates.MOST_PUBLISHERS);
    assertThatThrownBy(() -> rates.take("one more", 1, 0)).isInstanceOf(ProblemException.class);
    rates.take("address 1", 1, 0);
  }

  /** It is written by hand, in the words of any other problem. */
  @Test
  void theProblemIsWrittenAsAnyOther() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper().registerModule(new Jdk8Module());
    rates.take("a", 20, 2000);

    ProblemException ofNotifications =
        catchThrowableOfType(ProblemException.class, () -> rates.take("a", 1, 0));
    ProblemException ofBytes =
        catchThrowableOfType(ProblemException.class, () -> rates.take("a", 0, 1));

    for (ProblemException refused : List.of(ofNotifications, ofBytes)) {
      assertThat(refused.written()).contains(json.writeValueAsString(refused.problem()));
    }
  }

  @Test
  void oneLimitAloneCountsWhatItIsFor() {
    PublishRates bytes = new PublishRates(Optional.empty(), KILOBYTE, now::get);
    bytes.take("a", 100_000, 2000);
    assertThatThrownBy(() -> bytes.take("a", 1, 1)).hasMessageContaining("bytes");

    assertThat(new PublishRates(Optional.empty(), Optional.empty(), now::get).areLimited())
        .isFalse();
  }
}
