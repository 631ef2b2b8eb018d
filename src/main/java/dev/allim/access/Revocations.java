package dev.allim.access;

import dev.allim.http.Fingerprint;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.settings.Bounds;
import dev.allim.log.LogEngine;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Note;
import dev.allim.log.Notes;
import dev.allim.security.AuthConfig;
import dev.allim.security.RevokedTokens;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * The tokens that were taken back, here or by any program that shares the log: kept beside the
 * history, and in memory. What this program knows it does not forget before its time, whatever the
 * log has lost meanwhile, and puts it back there. Safe for any thread.
 */
@Singleton
public class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);
  private static final String BOARD = "revocations";
  private static final int HIGHEST_MOST = 1_000_000;

  private final Notes notes;
  private final RevokedTokens revoked;
  private final Runnable endStreams;
  private final Executor worker;
  private final Clock clock;
  private final Duration life;
  private final int most;
  private final boolean shared;
  // under this object's lock, by the name of the note
  private final Map<String, Kept> known = new HashMap<>();
  private boolean isBehind;

  /**
   * One that counts.
   *
   * @param revocation what it takes back
   * @param until when it is forgotten
   */
  record Kept(Revocation revocation, Instant until) {}

  @Inject
  Revocations(
      LogEngine log, RevokedTokens revoked, NotificationHub hub, AuthConfig config, Clock clock) {
    this(
        log,
        revoked,
        hub::endRevoked,
        config.revocations(),
        clock,
        Infrastructure.getDefaultExecutor());
  }

  Revocations(
      LogEngine log,
      RevokedTokens revoked,
      Runnable endStreams,
      AuthConfig.Revocations config,
      Clock clock,
      Executor worker) {
    Bounds.check(
        "allim.auth.revocations.most",
        config.most(),
        1,
        HIGHEST_MOST,
        "each is in the memory of every program, and in the log");
    this.notes = log.notes().orElseThrow();
    this.shared = log.isShared();
    this.revoked = revoked;
    this.endStreams = endStreams;
    this.worker = worker;
    this.clock = clock;
    this.life = config.longestLife();
    this.most = config.most();
  }

  /** Before anybody is served: a log that cannot say what was taken back ends the start. */
  void start(@Observes StartupEvent event) {
    read();
    notes.follow(BOARD, () -> worker.execute(this::readAgain));
  }

  /** How many there may be. */
  int most() {
    return most;
  }

  /**
   * Takes tokens back: this program refuses them when this returns, others soon.
   *
   * @return what counts from now on; absent if there was no room for it
   * @throws LogUnavailableException if it could not be kept; then nothing has changed, or that is
   *     not known, and the same again is safe
   */
  Optional<Kept> revoke(Revocation revocation) {
    Kept kept = new Kept(revocation, clock.instant().plus(life));
    if (!notes.keep(note(kept), most)) {
      return Optional.empty();
    }
    add(List.of(kept));
    return Optional.of(kept);
  }

  /** All that count. */
  synchronized List<Kept> all() {
    forget();
    return List.copyOf(known.values());
  }

  private static Note note(Kept kept) {
    String text = kept.revocation().text();
    return new Note(BOARD, Fingerprint.of(text), text, kept.until());
  }

  private synchronized void add(List<Kept> more) {
    Set<String> before = Set.copyOf(known.keySet());
    more.forEach(kept -> known.put(note(kept).name(), kept));
    forget();
    if (!known.keySet().equals(before)) {
      apply();
    }
  }

  private void forget() {
    Instant now = clock.instant();
    known.values().removeIf(kept -> !kept.until().isAfter(now));
  }

  private void apply() {
    revoked.replace(new RevocationIndex(known.values().stream().map(Kept::revocation).toList()));
    endStreams.run();
  }

  // ---- what others have taken back

  private void read() {
    List<Note> stored = notes.all(BOARD);
    add(
        stored.stream()
            .map(note -> new Kept(Revocation.parse(note.text()), note.until()))
            .toList());
    putBack(stored);
  }

  /** A log may come back with less than it had. */
  private void putBack(List<Note> stored) {
    Map<String, Note> missing = new HashMap<>();
    all().forEach(kept -> missing.put(note(kept).name(), note(kept)));
    stored.forEach(note -> missing.remove(note.name()));
    missing.values().forEach(note -> notes.keep(note, most));
  }

  private void readAgain() {
    boolean failed = false;
    try {
      read();
    } catch (LogUnavailableException unreadable) {
      failed = true;
    }
    note(failed);
  }

  private synchronized void note(boolean failed) {
    if (failed && !isBehind) {
      LOG.warn("What was revoked elsewhere cannot be read now, and is as soon as it can be");
    }
    isBehind = failed;
  }

  @Scheduled(
      every = "10s",
      delayed = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    if (shared || isBehind()) {
      readAgain();
    }
    add(List.of());
  }

  private synchronized boolean isBehind() {
    return isBehind;
  }
}
