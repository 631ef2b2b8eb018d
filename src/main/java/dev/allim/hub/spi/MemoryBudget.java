package dev.allim.hub.spi;

import java.util.Comparator;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Memory that strangers share: how much all of them together may hold. When it is used up, the
 * dearest are told to give up, those that hold the most for the longest; so whoever parks what it
 * has taken makes way for whoever comes and goes. Those who hold little have a part of their own
 * beside it, and make way for one another only. Safe for any thread.
 */
public final class MemoryBudget {
  /** Which part of all is little for one. */
  private static final int LITTLE = 128;

  /** Which part of all those who hold little may hold together, however much the others do. */
  private static final int RESERVE = 4;

  private final long most;
  private final LongSupplier nanoTime;
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();
  private final AtomicLong held = new AtomicLong();

  /** Of what is held, what was told to give up already. */
  private final AtomicLong leaving = new AtomicLong();

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** One at a time looks for the dearest: who comes meanwhile is seen by that one. */
  private final AtomicBoolean looking = new AtomicBoolean();

  /**
   * A budget.
   *
   * @param most bytes; a quarter more while it is made of many who hold little
   * @param nanoTime measures how long each holds what it has
   */
  public MemoryBudget(long most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /** Bytes that are held now. */
  public long held() {
    return held.get();
  }

  /**
   * A share, empty yet.
   *
   * @param giveUp called at most once, on any thread, when its memory is wanted back; it is to end
   *     what the share is for, which then closes the share
   */
  public Share open(Runnable giveUp) {
    Share share = new Share(nanoTime.getAsLong(), giveUp);
    shares.add(share);
    return share;
  }

  /**
   * Runs {@code task} when there is room: at once, or later on the thread that made it. First come,
   * first served.
   */
  public void whenRoom(Runnable task) {
    waiting.add(task);
    letIn();
  }

  private boolean hasRoom() {
    return held.get() < most;
  }

  private void letIn() {
    while (hasRoom()) {
      Runnable next = waiting.poll();
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  /** Has those give up that hold theirs for longer than {@code nanos} while others wait. */
  public void press(long nanos) {
    if (!waiting.isEmpty()) {
      makeRoom(most - 1, nanos);
      letIn();
    }
  }

  private void makeRoom(long target, long leastNanos) {
    if (looking.compareAndSet(false, true)) {
      try {
        haveGivenUp(target, leastNanos);
      } finally {
        looking.set(false);
      }
    }
  }

  /** Until no more than {@code target} is held by those who stay, or nobody can be told. */
  private void haveGivenUp(long target, long leastNanos) {
    boolean found = true;
    while (found && held.get() - leaving.get() > target) {
      Optional<Share> dearest = dearest(leastNanos);
      found = dearest.isPresent();
      dearest.ifPresent(Share::tell);
    }
  }

  private Optional<Share> dearest(long leastNanos) {
    long now = nanoTime.getAsLong();
    boolean overReserve = heldByLittle() > most / RESERVE;
    return shares.stream()
        .filter(share -> share.mayBeTold(now, leastNanos) && (overReserve || !share.isLittle()))
        .max(Comparator.comparingDouble(share -> share.price(now)));
  }

  private long heldByLittle() {
    return shares.stream()
        .filter(share -> share.isLittle() && !share.told.get())
        .mapToLong(share -> share.bytes.get())
        .sum();
  }

  /** What one of them holds. */
  public final class Share implements AutoCloseable {
    private final long since;
    private final Runnable giveUp;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Of what is leaving, this. */
    private final AtomicLong toGo = new AtomicLong();

    private volatile boolean settled;

    private Share(long since, Runnable giveUp) {
      this.since = since;
      this.giveUp = giveUp;
    }

    /** It holds so many bytes more, whatever it costs others, or itself. */
    public void take(long more) {
      bytes.addAndGet(more);
      if (held.addAndGet(more) - leaving.get() > most) {
        makeRoom(most, 0);
      }
    }

    /** It holds so many bytes from now on; nobody makes way for that. */
    public void hold(long now) {
      long more = now - bytes.getAndSet(now);
      held.addAndGet(more);
      if (more < 0) {
        letIn();
      }
    }

    /** It will soon be closed by itself, and is not told to give up any more. */
    public void settle() {
      settled = true;
    }

    private boolean mayBeTold(long now, long leastNanos) {
      return !settled && !told.get() && bytes.get() > 0 && now - since >= leastNanos;
    }

    private boolean isLittle() {
      return bytes.get() <= most / LITTLE;
    }

    private double price(long now) {
      return (double) bytes.get() * Math.max(1, now - since);
    }

    private void tell() {
      if (told.compareAndSet(false, true)) {
        toGo.set(bytes.get());
        leaving.addAndGet(toGo.get());
        if (closed.get()) {
          stayNoMore();
        } else {
          giveUp.run();
        }
      }
    }

    /** Once, whoever comes first. */
    private void stayNoMore() {
      leaving.addAndGet(-toGo.getAndSet(0));
    }

    /** It holds nothing any more; more than once is once. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        shares.remove(this);
        held.addAndGet(-bytes.get());
        stayNoMore();
        letIn();
      }
    }
  }
}
