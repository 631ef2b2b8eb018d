package dev.allim.log.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and its server, and resets a connection in the middle of a request. */
final class CuttingRelay implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final ServerSocket door;
  private final int server;
  private final AtomicReference<Optional<Cut>> next = new AtomicReference<>(Optional.empty());

  /** Where a connection is reset. */
  enum Place {
    /** The server has only the beginning of the request. */
    WITHIN_THE_REQUEST,
    /** The server has the request and answers; the client does not hear of it. */
    BEFORE_THE_ANSWER
  }

  /** The first request with these characters is cut there. */
  private record Cut(Place place, String characters) {}

  private CuttingRelay(ServerSocket door, int server) {
    this.door = door;
    this.server = server;
  }

  /** Relays to what listens there on this machine, until it is closed. */
  static CuttingRelay to(int server) {
    try {
      CuttingRelay relay = new CuttingRelay(new ServerSocket(0, 50, HERE), server);
      start(relay::accept);
      return relay;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String uri() {
    return "redis://127.0.0.1:" + door.getLocalPort();
  }

  /** Cuts one connection: that of the next request which has these characters. */
  void cutNext(Place place, String characters) {
    next.set(Optional.of(new Cut(place, characters)));
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cutting relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket behind = new Socket(HERE, server);
        Line line = new Line(client, behind);
        start(line::requests);
        start(line::answers);
      }
    } catch (IOException closed) {
      // with the test
    }
  }

  /** A connection of a client, and the one behind it. */
  private final class Line {
    private final Socket client;
    private final Socket behind;
    private volatile boolean deaf;

    Line(Socket client, Socket behind) {
      this.client = client;
      this.behind = behind;
    }

    void requests() {
      byte[] bytes = new byte[1 << 16];
      try {
        for (int count = client.getInputStream().read(bytes);
            count >= 0;
            count = client.getInputStream().read(bytes)) {
          byte[] request = Arrays.copyOf(bytes, count);
          Optional<Place> cut = cut(request);
          deaf = cut.isPresent();
          boolean part = cut.equals(Optional.of(Place.WITHIN_THE_REQUEST));
          behind.getOutputStream().write(request, 0, part ? count / 2 : count);
          if (part) {
            reset();
          }
        }
      } catch (IOException ended) {
        // the other direction ends, too
      }
      reset();
    }

    private Optional<Place> cut(byte[] request) {
      String text = new String(request, StandardCharsets.UTF_8);
      Optional<Cut> cut = next.get().filter(wanted -> text.contains(wanted.characters()));
      return cut.isPresent() && next.compareAndSet(cut, Optional.empty())
          ? cut.map(Cut::place)
          : Optional.empty();
    }

    void answers() {
      byte[] bytes = new byte[1 << 16];
      try {
        for (int count = behind.getInputStream().read(bytes);
            count >= 0 && !deaf;
            count = behind.getInputStream().read(bytes)) {
          client.getOutputStream().write(bytes, 0, count);
        }
      } catch (IOException ended) {
        // the other direction ends, too
      }
      reset();
    }

    /** Ends both with RST: without lingering nothing more is sent. */
    private void reset() {
      for (Socket socket : new Socket[] {client, behind}) {
        try {
          socket.setSoLinger(true, 0);
          socket.close();
        } catch (IOException ended) {
          // as it should
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
