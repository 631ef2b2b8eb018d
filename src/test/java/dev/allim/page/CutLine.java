package dev.allim.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A line to the hub that a test cuts and mends: what connects meanwhile is cut at once. */
final class CutLine implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final URI hub;
  private final ServerSocket server;
  private volatile boolean cut;

  CutLine(URI hub) {
    this.hub = hub;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    threads.execute(this::accept);
  }

  /** The same place on the hub, by this line. */
  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getLocalPort(), path));
  }

  void cut() {
    cut = true;
    open.forEach(CutLine::close);
  }

  void mend() {
    cut = false;
  }

  /** Whether this has come from the hub. */
  boolean hasPassed(String text) {
    synchronized (passed) {
      return passed.toString(StandardCharsets.UTF_8).contains(text);
    }
  }

  private void accept() {
    try {
      while (true) {
        connect(server.accept());
      }
    } catch (IOException closed) {
      // by the test
    }
  }

  private void connect(Socket browser) throws IOException {
    if (cut) {
      close(browser);
      return;
    }
    Socket onward = new Socket(hub.getHost(), hub.getPort());
    open.add(browser);
    open.add(onward);
    threads.execute(() -> pass(browser, onward, false));
    threads.execute(() -> pass(onward, browser, true));
  }

  private void pass(Socket from, Socket to, boolean remember) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        if (remember) {
          remember(buffer, read);
        }
      }
    } catch (IOException broken) {
      // cut, or left
    }
  }

  private void remember(byte[] buffer, int count) {
    synchronized (passed) {
      passed.write(buffer, 0, count);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // as it should be
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException closed) {
      // as it should be
    }
    open.forEach(CutLine::close);
    threads.shutdownNow();
  }
}
