package dev.allim.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.http.route.Facades;
import dev.allim.hub.HubOverloadedException;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.log.LogUnavailableException;
import dev.allim.text.InvalidFieldException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/** Answers failures with problems where there is no JAX-RS to do so, in the same words. */
@Singleton
public class FailureAnswers {
  private static final String MEDIA_TYPE = Problem.MEDIA_TYPE.toString();

  private final ProblemMapper mapper;

  /** Made when it is needed first: that takes a while. */
  private final Instance<ObjectMapper> json;

  FailureAnswers(Facades facades, Clock clock, Instance<ObjectMapper> json) {
    this.mapper = new ProblemMapper(facades, clock);
    this.json = json;
  }

  /** Answers with what went wrong; nothing may have been written yet. On the request's loop. */
  public void answer(RoutingContext context, Throwable failure) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    if (failure instanceof ProblemException known && known.written().isPresent()) {
      answer(context.response(), known, known.written().get());
    } else {
      write(context, failure);
    }
  }

  /** The cheapest answer there is: somebody who sends too much is refused thousands of times. */
  private static void answer(HttpServerResponse response, ProblemException failure, String json) {
    response.setStatusCode(failure.problem().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    failure.headers().forEach(response::putHeader);
    response.end(json);
  }

  private void write(RoutingContext context, Throwable failure) {
    try {
      Response problem = problem(context, failure);
      context.response().setStatusCode(problem.getStatus());
      problem
          .getStringHeaders()
          .forEach((name, values) -> context.response().putHeader(name, values));
      context.response().end(Buffer.buffer(json.get().writeValueAsBytes(problem.getEntity())));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A problem is made of texts", impossible);
    }
  }

  private Response problem(RoutingContext context, Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return mapper.problem(problem);
    }
    if (failure instanceof InvalidFieldException invalid) {
      return mapper.invalid(invalid);
    }
    if (failure instanceof HubOverloadedException overloaded) {
      return mapper.overloaded(overloaded);
    }
    if (failure instanceof PublishRefusedException refused) {
      return mapper.contradicted(refused);
    }
    if (failure instanceof LogUnavailableException unavailable) {
      return mapper.unavailable(unavailable);
    }
    if (failure instanceof WebApplicationException refused) {
      return mapper.refused(refused, context);
    }
    return mapper.failed(failure, context);
  }
}
