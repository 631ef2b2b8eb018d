package dev.allim.security;

import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.topic.Topic;
import io.quarkus.runtime.LaunchMode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.Map;

/**
 * Who may do what. Without any key nobody is an administrator, and who may publish is everybody in
 * development and nobody in production, unless {@code allim.publish.open} says otherwise.
 */
@Singleton
public class AccessRules {
  private static final String CLOSED =
      "Publishing is closed, as this hub has no key: whoever runs it sets allim.auth.secret, with"
          + " which tokens are made, or allim.publish.open=true";

  private final TokenVerifier verifier;
  private final boolean open;

  @Inject
  AccessRules(TokenVerifier verifier, PublishConfig config) {
    this(verifier, config, LaunchMode.current().isProduction());
  }

  AccessRules(TokenVerifier verifier, PublishConfig config, boolean production) {
    this.verifier = verifier;
    this.open = config.open().orElse(!production && !verifier.isConfigured());
  }

  /** Whether anybody may publish, without a token. */
  public boolean isOpen() {
    return open;
  }

  /** Whether tokens mean something: then there can be private notifications. */
  public boolean knowsGrants() {
    return verifier.isConfigured();
  }

  /**
   * Asked before a body is read, of which nobody knows what it is about.
   *
   * @throws ProblemException 401 if only somebody with a token may publish, 403 if nobody may
   */
  public void requirePublisher(Caller caller) {
    if (!open && caller.token().isEmpty()) {
      throw verifier.isConfigured() ? unknown("Publishing needs a token") : closed();
    }
  }

  /** No token would help. */
  private static ProblemException closed() {
    return new ProblemException(Problem.of(Response.Status.FORBIDDEN, CLOSED));
  }

  /**
   * To publish, to purge.
   *
   * @throws ProblemException 401 or 403 if it may not do that with all of these topics
   */
  public void requirePublish(Caller caller, Collection<Topic> topics) {
    requirePublisher(caller);
    if (!mayPublish(caller, topics)) {
      throw insufficient(
          "The token does not grant publishing to every topic of this request", "publish");
    }
  }

  /** Whether it may publish to all of these topics, or take back what was published there. */
  public boolean mayPublish(Caller caller, Collection<Topic> topics) {
    return open || caller.grant().mayPublish(topics);
  }

  /** Whether there is nothing that it may not publish to, so that nobody has to ask of each. */
  public boolean mayPublishAll(Caller caller) {
    return open || caller.grant().mayPublishAll();
  }

  /**
   * For whoever has shown a token.
   *
   * @return the token
   * @throws ProblemException 401 if it has not
   */
  public AccessToken requireToken(Caller caller) {
    return caller.token().orElseThrow(() -> unknown("This needs a token"));
  }

  /**
   * For an administrator.
   *
   * @throws ProblemException 401 or 403 if it is none
   */
  public void requireAdmin(Caller caller) {
    if (caller.token().isEmpty()) {
      throw unknown("This needs a token that grants admin");
    }
    if (!caller.grant().admin()) {
      throw insufficient("The token does not grant admin", "admin");
    }
  }

  /** Who has shown nothing is told of no error (RFC 6750, 3.1). */
  private static ProblemException unknown(String detail) {
    return new ProblemException(
        Problem.of(Response.Status.UNAUTHORIZED, detail),
        Map.of(HttpHeaders.WWW_AUTHENTICATE, Challenge.NONE));
  }

  private static ProblemException insufficient(String detail, String scope) {
    return new ProblemException(
        Problem.of(Response.Status.FORBIDDEN, detail),
        Map.of(HttpHeaders.WWW_AUTHENTICATE, Challenge.insufficient(scope)));
  }
}
