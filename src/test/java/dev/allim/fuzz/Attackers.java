package dev.allim.fuzz;

import dev.allim.testing.RawHttp;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Some threads that send {@link Mutants}, each a connection of its own. */
final class Attackers {
  private static final int SILENCE_MILLIS = 10;
  private static final Pattern SERVER_ERROR = Pattern.compile("HTTP/1\\.[01] (5\\d\\d)");
  private static final Pattern STACK_TRACE = Pattern.compile("\\tat [a-z]+\\.");

  private final URI hub;
  private final int count;
  private final Set<String> tolerated;
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  /** So many at a time. All errors of the server are faults but those {@code tolerated}, if any. */
  Attackers(URI hub, int count, String... tolerated) {
    this.hub = hub;
    this.count = count;
    this.tolerated = Set.of(tolerated);
  }

  /** Sends {@code requests} of them, fewer if it is {@code enough}; what was answered wrongly. */
  List<String> send(long seed, int requests, BooleanSupplier enough) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Mutants mutants = new Mutants(seed * count + i);
        running.add(threads.submit(() -> sendAll(mutants, requests / count, enough)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
      throw new IllegalStateException(failure);
    } finally {
      threads.shutdownNow();
    }
    return List.copyOf(faults);
  }

  private void sendAll(Mutants mutants, int requests, BooleanSupplier enough) {
    for (int i = 0; i < requests && !enough.getAsBoolean(); i++) {
      send(mutants.next(), mutants.resets());
    }
  }

  private void send(byte[] request, boolean reset) {
    RawHttp http = RawHttp.connect(hub);
    try {
      http.send(request);
      judge(request, http.readFirst(SILENCE_MILLIS));
    } catch (UncheckedIOException cutOff) {
      // it may hang up on such a client
    } finally {
      leave(http, reset);
    }
  }

  private void judge(byte[] request, String answer) {
    if (isFault(answer)) {
      faults.add(
          new String(request, 0, Math.min(request.length, 500), StandardCharsets.ISO_8859_1)
              + "\n=> "
              + answer);
    }
  }

  private boolean isFault(String answer) {
    boolean serverError =
        SERVER_ERROR
            .matcher(answer)
            .results()
            .anyMatch(found -> !tolerated.contains(found.group(1)));
    return serverError || STACK_TRACE.matcher(answer).find();
  }

  private static void leave(RawHttp http, boolean reset) {
    try {
      if (reset) {
        http.reset();
      } else {
        http.close();
      }
    } catch (UncheckedIOException gone) {
      // so it is
    }
  }
}
