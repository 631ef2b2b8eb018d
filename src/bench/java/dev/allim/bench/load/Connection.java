package dev.allim.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalInt;

/** One socket, as the selector sees it. */
abstract class Connection {
  private final Network network;
  private Optional<SelectionKey> key = Optional.empty();

  Connection(Network network) {
    this.network = network;
  }

  /** The socket stands. */
  abstract void connected() throws IOException;

  /** Bytes came; they are gone when this returns. */
  abstract void received(ByteBuffer bytes) throws IOException;

  /** The other side, or trouble, has ended it. */
  abstract void ended();

  final void dial(int port, OptionalInt receiveBuffer) {
    try {
      key = Optional.of(network.dial(port, receiveBuffer, this));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot dial port " + port, failure);
    }
  }

  final void ready() {
    try {
      SelectionKey ready = key.orElseThrow();
      if (ready.isConnectable()) {
        channel().finishConnect();
        ready.interestOps(SelectionKey.OP_READ);
        connected();
      } else if (ready.isReadable()) {
        read();
      }
    } catch (IOException lost) {
      close();
      ended();
    }
  }

  private void read() throws IOException {
    ByteBuffer inbox = network.inbox().clear();
    if (channel().read(inbox) < 0) {
      close();
      ended();
    } else {
      received(inbox.flip());
    }
  }

  /** Requests are small and sockets' buffers large: more than one turn of the loop is rare. */
  final void send(ByteBuffer request) throws IOException {
    while (request.hasRemaining()) {
      channel().write(request);
    }
  }

  /** Never looks at the socket again, and leaves it open. */
  final void stall() {
    key.orElseThrow().interestOps(0);
  }

  /** Hangs up. Calling it again changes nothing. */
  final void close() {
    try {
      if (key.isPresent()) {
        channel().close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private SocketChannel channel() {
    return (SocketChannel) key.orElseThrow().channel();
  }
}
