package dev.allim.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** The selector, and the one buffer that everything is read into. */
public final class Network implements AutoCloseable {
  private static final int INBOX = 256 * 1024;

  /**
   * A closed port rests for a minute, so each dial has a pair of address and port of its own. To
   * let the kernel look for a free port takes it longer than all the rest of a dial.
   */
  private static final int FIRST_PORT = 10_000;

  private static final int PORTS = 50_000;
  private static final int SOURCES = 250;
  private static int dialled;

  private final Selector selector;
  private final ByteBuffer inbox = ByteBuffer.allocateDirect(INBOX).order(ByteOrder.LITTLE_ENDIAN);

  /** A network with no connections. */
  public Network() {
    try {
      selector = Selector.open();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  ByteBuffer inbox() {
    return inbox;
  }

  /** Dials a port of this machine; {@code connection} hears of it when it stands. */
  SelectionKey dial(int port, OptionalInt receiveBuffer, Connection connection) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    if (receiveBuffer.isPresent()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer.getAsInt());
    }
    bind(channel);
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, connection);
    channel.connect(new InetSocketAddress(InetAddress.getByAddress(loopback(1)), port));
    return key;
  }

  private static void bind(SocketChannel channel) throws IOException {
    try {
      channel.bind(nextSource());
    } catch (BindException taken) {
      channel.bind(nextSource());
    }
  }

  private static InetSocketAddress nextSource() throws IOException {
    int port = FIRST_PORT + dialled % PORTS;
    InetAddress address = InetAddress.getByAddress(loopback(2 + dialled++ / PORTS % SOURCES));
    return new InetSocketAddress(address, port);
  }

  private static byte[] loopback(int last) {
    return new byte[] {127, 0, 0, (byte) last};
  }

  /** Handles what is there, waiting up to {@code millis} for something; 0 does not wait. */
  public void turn(long millis) {
    try {
      if (millis == 0) {
        selector.selectNow(Network::ready);
      } else {
        selector.select(Network::ready, millis);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void ready(SelectionKey key) {
    ((Connection) key.attachment()).ready();
  }

  /** Handles whatever comes for this long. */
  public void turnFor(Duration time) {
    turnUntil(() -> false, time);
  }

  /** Handles whatever comes until {@code done}; false if that took longer than {@code atMost}. */
  public boolean turnUntil(BooleanSupplier done, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      turn(1);
    }
    return true;
  }

  @Override
  public void close() {
    try {
      selector.selectNow();
      selector.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
