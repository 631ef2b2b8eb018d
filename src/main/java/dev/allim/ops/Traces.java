package dev.allim.ops;

import dev.allim.hub.spi.PublishObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Traces publications, if tracing is on: {@code publish} until the answer, in it {@code append}
 * until the log has it, and after that {@code fan-out} until the slowest lane has written it. The
 * first belongs to the request it came with, and so to the publisher's own trace.
 */
@Singleton
public class Traces {
  private final Tracer tracer;
  private final boolean off;

  Traces(
      Tracer tracer,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean off) {
    this.tracer = tracer;
    this.off = off;
  }

  /** Begins the trace of a publication on the thread of its request. */
  PublishObserver follow(int notifications) {
    return off ? PublishObserver.NONE : new Traced(tracer, notifications);
  }

  /** Its calls come one after the other, though from different threads. */
  private static final class Traced implements PublishObserver {
    private final Tracer tracer;
    private final Context publishing;
    private final Span publish;
    private final Span append;
    private Span fanOut = Span.getInvalid();

    Traced(Tracer tracer, int notifications) {
      this.tracer = tracer;
      this.publish =
          tracer
              .spanBuilder("publish")
              .setAttribute("allim.notifications", notifications)
              .startSpan();
      this.publishing = Context.current().with(publish);
      this.append = tracer.spanBuilder("append").setParent(publishing).startSpan();
    }

    @Override
    public void onKept() {
      append.end();
      fanOut = tracer.spanBuilder("fan-out").setParent(publishing).startSpan();
    }

    @Override
    public void onAnswered() {
      publish.end();
    }

    @Override
    public void onWritten() {
      fanOut.end();
    }

    @Override
    public void onRefused() {
      append.setStatus(StatusCode.ERROR).end();
      publish.setStatus(StatusCode.ERROR).end();
    }
  }
}
