package dev.allim.wire;

import dev.allim.hub.spi.Frame;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * HTTP/1.1 on epoll without TLS: while nothing waits before it, a frame goes from its memory
 * straight to the socket. What the socket does not take at once waits in the channel's own queue,
 * as on every other transport.
 */
final class EpollWire extends Http1Wire {
  private final Socket socket;

  /** False only when nothing waits in the channel's queue. */
  private boolean queued;

  EpollWire(ChannelHandlerContext encoder) {
    super(encoder);
    this.socket = (Socket) ((EpollSocketChannel) encoder.channel()).fd();
  }

  /** A closed descriptor's number may be another connection's already. */
  @Override
  public boolean send(Frame frame) {
    if (queued) {
      queued = pending() > 0;
    }
    if (queued || !frame.hasAddress() || !socket.isOpen()) {
      queued = true;
      return super.send(frame);
    }
    return sendNow(frame);
  }

  private boolean sendNow(Frame frame) {
    try {
      int taken = socket.sendAddress(frame.address(), 0, frame.chunkSize());
      passed(taken);
      return taken == frame.chunkSize() || sendRest(frame, taken);
    } catch (IOException broken) {
      abort();
      return true;
    }
  }

  private boolean sendRest(Frame frame, int taken) {
    queued = true;
    send(frame.chunk().skipBytes(taken));
    return writable();
  }
}
