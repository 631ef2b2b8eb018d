package dev.allim.wire;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/**
 * Bounds how long a client counts as there that has gone without a word, as a phone in a tunnel
 * does: the kernel takes heartbeats for it for a quarter of an hour, and only then gives up.
 */
public final class VanishedClients {
  private VanishedClients() {}

  /**
   * Breaks the connection of {@code request} once what was sent to it waited so long for the
   * client's kernel (RFC 5482, {@code TCP_USER_TIMEOUT} of Linux). On other transports than epoll
   * nothing is changed, and the system's own patience counts.
   */
  public static void giveUpAfter(Duration patience, HttpServerRequest request) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    if (channel instanceof EpollSocketChannel epoll && epoll.isActive()) {
      epoll.config().setTcpUserTimeout((int) patience.toMillis());
    }
  }
}
