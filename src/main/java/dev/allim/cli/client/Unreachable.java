package dev.allim.cli.client;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a hub could not be reached, in words: the JDK's own exceptions often have none. */
public final class Unreachable {
  private Unreachable() {}

  public static String words(Hub hub, Throwable failure) {
    return "%s cannot be reached: %s".formatted(hub.base(), reason(failure));
  }

  private static String reason(Throwable failure) {
    if (causes(failure).anyMatch(UnresolvedAddressException.class::isInstance)) {
      return "its name is not known";
    }
    if (failure instanceof HttpTimeoutException) {
      return "it does not answer in time";
    }
    if (failure instanceof ConnectException) {
      return "nothing listens there";
    }
    return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(100);
  }
}
