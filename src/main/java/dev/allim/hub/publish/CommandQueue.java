package dev.allim.hub.publish;

import dev.allim.hub.spi.HubEnvironment.Writer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer, first come first served. Any thread adds; the writer takes.
 *
 * <p>Between two commits the writer waits a moment for as many commands as were lately on their way
 * together, but never for the first after a rest: so a few publishers share the price of a commit,
 * and one who waits for each answer is not kept from the next.
 */
final class CommandQueue {
  /** With so many in it, a commit is cheap enough. */
  private static final int PLENTY = 16;

  private static final int NOT_PAUSING = Integer.MAX_VALUE;

  private final Writer writer;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger notifications = new AtomicInteger();

  /** Written by the writer: how many end its pause. */
  private volatile int enough = NOT_PAUSING;

  // whoever drains
  private int taken;
  private int together;

  CommandQueue(Writer writer) {
    this.writer = writer;
  }

  void add(Command command) {
    notifications.addAndGet(command.size());
    commands.add(command);
    if (size.incrementAndGet() == enough) {
      writer.wake();
    }
  }

  /** Notifications that wait here. Any thread. */
  int notifications() {
    return notifications.get();
  }

  /** The first of the next commit, perhaps after a pause; null if nothing waits. */
  @Nullable Command take() {
    if (taken > 0) {
      lookBack();
      pause();
    }
    return remove();
  }

  /** The next one, which stays. */
  @Nullable Command peek() {
    return commands.peek();
  }

  @Nullable Command remove() {
    Command command = commands.poll();
    if (command != null) {
      size.decrementAndGet();
      notifications.addAndGet(-command.size());
      taken++;
    }
    return command;
  }

  /** Those of the last commit, and those who came meanwhile. Fewer than usual may be by chance. */
  private void lookBack() {
    int now = taken + size.get();
    together = now >= together ? now : (together + now) / 2;
    taken = 0;
  }

  private void pause() {
    int awaited = Math.min(together, PLENTY);
    if (awaited > 1 && size.get() < awaited) {
      enough = awaited;
      if (size.get() < awaited) {
        writer.pause();
      }
      enough = NOT_PAUSING;
    }
  }
}
