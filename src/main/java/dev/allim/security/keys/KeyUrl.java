package dev.allim.security.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keys that others publish: a JWK set at a URL, or where the configuration of an OpenID provider
 * says. Fetched anew from time to time and when a key is missing, never more often than every ten
 * seconds, whoever asks. While it cannot be fetched the keys from before count. An answer that does
 * not come to its end within five seconds is given up.
 */
public final class KeyUrl implements KeySource {
  private static final Logger LOG = Logger.getLogger(KeyUrl.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 1 << 20;
  private static final int OK = 200;

  /** Whoever shows tokens of keys that nobody has would hold all threads of a slow provider. */
  private static final int MOST_WAITING = 4;

  private static final long OFTEN = TimeUnit.SECONDS.toNanos(10);
  private static final long SELDOM = TimeUnit.MINUTES.toNanos(15);

  private final String setting;
  private final URI url;
  private final boolean discover;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ReentrantLock fetching = new ReentrantLock();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private volatile List<VerificationKey> keys = List.of();
  private volatile long triedAt;

  /** Gives up an answer after {@code patience}. */
  KeyUrl(String setting, URI url, boolean discover, LongSupplier nanoTime, Duration patience) {
    this.setting = setting;
    this.url = url;
    this.discover = discover;
    this.nanoTime = nanoTime;
    this.patience = patience;
    this.triedAt = nanoTime.getAsLong() - SELDOM;
  }

  /** A JWK set. */
  public static KeyUrl jwks(String setting, URI url, LongSupplier nanoTime) {
    return new KeyUrl(setting, url, false, nanoTime, ANSWER);
  }

  /** An OpenID provider. */
  public static KeyUrl provider(String setting, URI url, LongSupplier nanoTime) {
    return new KeyUrl(setting, url, true, nanoTime, ANSWER);
  }

  @Override
  public List<VerificationKey> keys() {
    return keys;
  }

  @Override
  public boolean look() {
    return passed() >= (keys.isEmpty() ? OFTEN : SELDOM) && reload();
  }

  /**
   * Whoever comes while another fetches is content with what that one brings, and whoever finds
   * enough others waiting for it already, with what there is.
   */
  @Override
  public boolean seek() {
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return seekInTurn();
    } finally {
      waiting.release();
    }
  }

  private boolean seekInTurn() {
    try {
      if (!fetching.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return passed() < OFTEN || reload();
    } finally {
      fetching.unlock();
    }
  }

  private long passed() {
    return nanoTime.getAsLong() - triedAt;
  }

  @Override
  public boolean reload() {
    fetching.lock();
    try {
      triedAt = nanoTime.getAsLong();
      List<VerificationKey> now = KeyText.jwks(fetch(discover ? discovered() : url));
      boolean changed = !now.equals(keys);
      keys = now;
      LOG.debugf("Keys were fetched setting=%s keys=%d", setting, now.size());
      return changed;
    } catch (IOException | IllegalArgumentException failed) {
      LOG.warnf("%s: no keys from %s: %s", setting, url, failed.getMessage());
      return false;
    } finally {
      fetching.unlock();
    }
  }

  /** OpenID Connect Discovery 1.0, 4.3: what it says of itself has to be its own URL. */
  private URI discovered() throws IOException {
    String base = url.toString().replaceFirst("/$", "");
    JsonNode document =
        new ObjectMapper().readTree(fetch(URI.create(base + "/.well-known/openid-configuration")));
    if (!document.path("issuer").asText().equals(url.toString())) {
      throw new IllegalArgumentException("the provider calls itself otherwise");
    }
    return URI.create(document.path("jwks_uri").asText());
  }

  private String fetch(URI from) throws IOException {
    CompletableFuture<Void> over =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(from).timeout(patience).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      return content(answer, over);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IOException("the program ends", ending);
    } finally {
      over.complete(null); // and nothing is left that waits
    }
  }

  /** The client's own timeout ends with the head of an answer: a body could take for ever. */
  private String content(HttpResponse<InputStream> answer, CompletableFuture<Void> over)
      throws IOException {
    try (InputStream body = answer.body()) {
      over.thenRun(() -> giveUp(body));
      byte[] content = body.readNBytes(MOST_BYTES);
      if (!over.isDone()) {
        return text(answer.statusCode(), content);
      }
    } catch (IOException failed) {
      if (!over.isDone()) {
        throw failed;
      }
    }
    throw new IOException("its answer takes longer than %d ms".formatted(patience.toMillis()));
  }

  private static String text(int status, byte[] content) throws IOException {
    if (status != OK) {
      throw new IOException("it answers " + status);
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  /** On the thread of timeouts; whoever reads it finds it closed. */
  private static void giveUp(InputStream body) {
    try {
      body.close();
    } catch (IOException closed) {
      LOG.debug("An answer was given up", closed);
    }
  }
}
