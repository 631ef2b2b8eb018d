package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryFaultsTest {
  private long now;
  private int ends;
  private final MemoryFaults faults = new MemoryFaults(() -> ends++, () -> now);

  private void logged(Throwable fault) {
    LogRecord entry = new LogRecord(Level.SEVERE, "a request failed");
    entry.setThrown(fault);
    faults.publish(entry);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void theHeapEndsItAtOnceHoweverDeepItIsSaid() {
    logged(
        new IllegalStateException(new RuntimeException(new OutOfMemoryError("Java heap space"))));

    assertThat(ends).isEqualTo(1);
  }

  /** As io.vertx.core.net.impl.ConnectionBase has it. */
  @Test
  void whatIsRefusedWhileAConnectionIsReadIsSeenAsVertxSaysIt() {
    LogContext context = LogContext.create();
    OutOfMemory.listen(context, faults);
    Logger connection = context.getLogger("io.vertx.core.net.impl.ConnectionBase");
    Throwable fault = new OutOfMemoryError("Java heap space");

    connection.log(
        Level.SEVERE, fault.getMessage(), connection.isLoggable(Level.FINE) ? fault : null);

    assertThat(ends).isEqualTo(1);
  }

  @Test
  void otherFaultsDoNot() {
    faults.publish(new LogRecord(Level.SEVERE, "nothing thrown"));
    logged(new StackOverflowError());
    logged(new IllegalStateException("out of memory"));

    assertThat(ends).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot reserve 65536 bytes of direct buffer memory (allocated: 1, limit: 2)",
        "failed to allocate 4194304 byte(s) of direct memory (used: 1, max: 2)"
      })
  void memoryOutsideTheHeapEndsItOnlyIfItLasts(String message) {
    for (int i = 0; i < 9; i++) {
      logged(new OutOfMemoryError(message));
      pass(Duration.ofSeconds(1));
    }
    assertThat(ends).isZero();

    pass(Duration.ofSeconds(30));
    logged(new OutOfMemoryError(message));
    assertThat(ends).isZero();

    pass(MemoryFaults.LASTS);
    logged(new OutOfMemoryError(message));
    assertThat(ends).isEqualTo(1);
  }
}
