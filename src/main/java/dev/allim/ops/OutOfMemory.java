package dev.allim.ops;

import dev.allim.wire.EventLoops;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;

/**
 * Out of memory is never survived: a program whose threads were refused memory may be deaf and look
 * alive. It ends at once, with the exit code that the JVM's own {@code ExitOnOutOfMemoryError} has,
 * and whatever started it starts it again; subscribers resume and publishers try again, as after a
 * kill. However it was started: the flag alone would be missing where somebody leaves it out, does
 * not know of memory outside the heap, and an executable has none.
 */
@Singleton
public class OutOfMemory {
  /** As {@code -XX:+ExitOnOutOfMemoryError}. */
  static final int EXIT_CODE = 3;

  /** Made while there is memory. */
  private static final byte[] LAST_WORDS =
      "Out of memory: ending, to be started again\n".getBytes(StandardCharsets.US_ASCII);

  /** Where Vert.x says what has become of a connection: nothing but noise, except for this. */
  private static final String CONNECTIONS = "io.vertx.core.net.impl.ConnectionBase";

  private final MemoryFaults faults = new MemoryFaults(OutOfMemory::halt, System::nanoTime);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(OutOfMemory::daemon);

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "out-of-memory");
    thread.setDaemon(true);
    return thread;
  }

  private static void halt() {
    try (FileOutputStream said = new FileOutputStream(FileDescriptor.err)) {
      said.write(LAST_WORDS);
    } catch (IOException unheard) {
      // the exit code says it, too
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  /** Where the process is not ours, in development and in tests, it is not ended either. */
  void start(@Observes StartupEvent event, EventLoops loops) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      listen(LogContext.getLogContext(), faults);
      Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
      watch.scheduleWithFixedDelay(() -> look(loops), 1, 1, TimeUnit.SECONDS);
    }
  }

  /** Vert.x hands on the fault itself, and not its message alone, only where it may debug. */
  static void listen(LogContext context, Handler faults) {
    context.getLogger("").addHandler(faults);
    Logger connections = context.getLogger(CONNECTIONS);
    connections.setUseParentHandlers(false);
    connections.setLevel(Level.FINE);
    connections.addHandler(faults);
  }

  private void uncaught(Thread thread, Throwable fault) {
    faults.look(fault);
    LogContext.getLogContext()
        .getLogger(OutOfMemory.class.getName())
        .log(Level.SEVERE, "Thread ended: " + thread.getName(), fault);
  }

  /** A loop that has ended was refused memory where it could not even say so. */
  private static void look(EventLoops loops) {
    if (loops.anyEnded()) {
      halt();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    watch.shutdownNow();
  }
}
