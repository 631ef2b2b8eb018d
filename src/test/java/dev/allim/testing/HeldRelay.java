package dev.allim.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and its server, and forwards as much as it is told to. What is held is
 * held as by a network that is cut: no connection ends, and none is refused; what was under way
 * arrives when forwarding goes on.
 */
public final class HeldRelay implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int CHUNK = 4096;

  private final ServerSocket door;
  private final int server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Gate requests = new Gate();
  private final Gate answers = new Gate();

  /** What one direction may forward. Any thread. */
  private static final class Gate {
    private static final long ALL = Long.MAX_VALUE;

    private long left = ALL;

    synchronized void open(long bytes) {
      left = bytes;
      notifyAll();
    }

    /** Waits until some of these bytes may go on; how many. */
    synchronized int pass(int bytes) throws InterruptedException {
      while (left == 0) {
        wait();
      }
      int some = (int) Math.min(bytes, left);
      left -= left == ALL ? 0 : some;
      return some;
    }
  }

  private HeldRelay(ServerSocket door, int server) {
    this.door = door;
    this.server = server;
  }

  /** Relays all to what listens there on this machine, until it is told otherwise. */
  public static HeldRelay to(int server) {
    try {
      HeldRelay relay = new HeldRelay(new ServerSocket(0, 50, HERE), server);
      relay.start(relay::accept);
      return relay;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where clients connect. */
  public int port() {
    return door.getLocalPort();
  }

  /** Nothing passes any more, in neither direction. */
  public void hold() {
    requests.open(0);
    answers.open(0);
  }

  /** The server hears what it is asked, and nobody hears its answers. */
  public void holdAnswers() {
    answers.open(0);
  }

  /** So many bytes of answers pass, and whatever is asked. */
  public void letThrough(long bytesOfAnswers) {
    requests.open(Gate.ALL);
    answers.open(bytesOfAnswers);
  }

  /** All passes again, and what was held first. */
  public void release() {
    letThrough(Gate.ALL);
  }

  /** Something that ends with a connection or with the test. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException | InterruptedException ended) {
                // as it should
              }
            },
            "held relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket behind = new Socket(HERE, server);
      List<Socket> both = List.of(client, behind);
      open.addAll(both);
      start(() -> forward(client, behind, requests, both));
      start(() -> forward(behind, client, answers, both));
    }
  }

  private void forward(Socket from, Socket to, Gate gate, List<Socket> both)
      throws IOException, InterruptedException {
    byte[] bytes = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        for (int sent = 0; sent < count; ) {
          int some = gate.pass(count - sent);
          out.write(bytes, sent, some);
          sent += some;
        }
      }
    } finally {
      end(both);
    }
  }

  private void end(List<Socket> sockets) throws IOException {
    open.removeAll(sockets);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      end(new ArrayList<>(open));
      release();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
