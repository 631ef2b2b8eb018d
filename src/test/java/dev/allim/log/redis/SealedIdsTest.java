package dev.allim.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SealedIdsTest {
  private static final long LAST = (1L << 60) - 1;

  private final SealedIds ids = new SealedIds(new byte[16]);
  private final SealedIds ofAnotherLog = new SealedIds(new byte[] {1});

  @Property
  void whoHasTheKeyOpensWhatItSealed(@ForAll @LongRange(max = LAST) long position) {
    EventId id = ids.seal(position);

    assertThat(ids.open(id)).hasValue(position);
    assertThat(ids.seal(position)).isEqualTo(id);
    assertThat(id.isMadeByHub()).isTrue();
    assertThat(ofAnotherLog.open(id)).isEmpty();
  }

  /** Neither a digit more of the tag nor one of the position is anybody's to choose. */
  @Property
  void whatWasNotSealedDoesNotOpen(
      @ForAll @LongRange(max = LAST) long position, @ForAll @LongRange(max = 35) long digit) {
    String sealed = ids.seal(position).value();
    int at = "urn:uuid:".length() + (int) digit;
    char instead = sealed.charAt(at) == 'a' ? 'b' : 'a';
    String changed = sealed.substring(0, at) + instead + sealed.substring(at + 1);

    assertThat(ids.open(new EventId(changed))).isEqualTo(OptionalLong.empty());
  }

  @Property
  void theyTellNothingOfTheOrder(@ForAll @LongRange(max = LAST - 1) long position) {
    String one = ids.seal(position).value();
    String next = ids.seal(position + 1).value();

    assertThat(next.substring(0, 15)).isNotEqualTo(one.substring(0, 15));
  }
}
