package dev.allim.bench.server;

/** Something that is measured against is not on this machine; the message says what. */
final class MissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingException(String message) {
    super(message);
  }
}
