package dev.allim.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the head of a request does not end in time: the first one's time
 * begins with the connection, that of one behind another with its first byte. Between requests, in
 * a body, and on a stream nothing is awaited. Stands before all others, and is told what was
 * decoded by a marker behind the decoder. On the connection's loop.
 *
 * <p>Whole requests cost nothing here: there is at most one timer, and it is set only while a head
 * is awaited.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {
  private final long nanos;
  private boolean awaited;
  private long awaitedSince;
  private @Nullable Future<?> timer;

  /** Beginnings and ends of requests so far. */
  private long decoded;

  private boolean inBody;

  /** Speaks HTTP/2, or is a stream's: no head of it is looked at any more. */
  private boolean beyondHeads;

  HeadDeadline(long nanos) {
    this.nanos = nanos;
  }

  /** To be called before the first head has come, with the connection's handlers in place. */
  void watch(ChannelPipeline pipeline) {
    ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
    ChannelHandlerContext tls = pipeline.context(SslHandler.class);
    if (decoder != null) {
      pipeline.addAfter(decoder.name(), null, new Marker());
    } else if (tls != null) {
      pipeline.addAfter(tls.name(), null, new Handshake());
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    await(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    long decodedBefore = decoded;
    bytes.retain();
    try {
      context.fireChannelRead(bytes);
      // held by us alone unless the decoder keeps some of it, for what is not whole yet; what it
      // has merged with the connection's very first bytes is seen when more comes
      boolean rest = decoded == decodedBefore || bytes.refCnt() > 1;
      if (rest && !awaited && !inBody && !beyondHeads) {
        await(context);
      }
    } finally {
      bytes.release();
    }
  }

  /** A client that resets its connection leaves, and is no news to anybody. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
    if (broken instanceof IOException) {
      context.close();
    } else {
      context.fireExceptionCaught(broken);
    }
  }

  private void await(ChannelHandlerContext context) {
    awaited = true;
    awaitedSince = System.nanoTime();
    if (timer == null) {
      lookAfter(nanos, context);
    }
  }

  private void lookAfter(long delay, ChannelHandlerContext context) {
    timer = context.executor().schedule(() -> look(context), delay, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    timer = null;
    long left = awaitedSince + nanos - System.nanoTime();
    if (!awaited) {
      return;
    }
    if (left > 0) {
      lookAfter(left, context);
    } else if (isBeyondHeads(context.pipeline())) {
      beyondHeads = true;
      awaited = false;
    } else {
      context.close();
    }
  }

  /** Whether it is a stream's now, or speaks HTTP/2 and has asked for something. */
  private boolean isBeyondHeads(ChannelPipeline pipeline) {
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    return http2 == null
        ? decoded > 0 && pipeline.get(HttpRequestDecoder.class) == null
        : http2.connection().remote().lastStreamCreated() > 0;
  }

  /** Behind the decoder. */
  private final class Marker extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        UnreadableHead.check(request);
        if (decoded == 0) {
          UpgradeRules.check(request);
        }
        decoded++;
        awaited = false;
        inBody = true;
      }
      if (message instanceof LastHttpContent) {
        decoded++;
        inBody = false;
      }
      context.fireChannelRead(message);
    }

    /** What cannot be read as a request at all, and so cannot be answered as one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
      if (broken instanceof DecoderException || broken instanceof IllegalArgumentException) {
        context.close();
      } else {
        context.fireExceptionCaught(broken);
      }
    }
  }

  /** Behind TLS: what is spoken inside is known as soon as others have heard of its beginning. */
  private final class Handshake extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      context.fireUserEventTriggered(event);
      if (event instanceof SslHandshakeCompletionEvent) {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(this);
        if (pipeline.get(HttpRequestDecoder.class) != null) {
          watch(pipeline);
          UnreadableHead.explainOn(pipeline);
        }
      }
    }
  }
}
