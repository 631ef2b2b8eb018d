package dev.allim.http;

import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** How a body is coded on its way (RFC 9110, 8.4), which is no part of what it says. */
public enum ContentCoding {
  /** Not at all. */
  IDENTITY,

  /** RFC 1952. */
  GZIP;

  private static final String KNOWN = "gzip";

  /**
   * What a request says of its body.
   *
   * @throws ProblemException if it is coded in a way that is not known, or more than once
   */
  public static ContentCoding of(HttpServerRequest request) {
    String coding = String.join(",", request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
    return switch (coding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      default -> throw unsupported();
    };
  }

  private static ProblemException unsupported() {
    return new ProblemException(
        ProblemType.UNKNOWN_CODING.inField(
            "Content-Encoding", "A body may be coded as gzip, or not at all"),
        Map.of(HttpHeaders.ACCEPT_ENCODING.toString(), KNOWN));
  }

  /**
   * The body as it was before it was coded.
   *
   * @throws ProblemException if that is longer than {@code limit} bytes, or cannot be
   */
  public byte[] decode(byte[] body, int limit) {
    return this == IDENTITY ? body : gunzip(body, limit);
  }

  /** Never makes more than one byte over the limit of what may be a thousand times as long. */
  private static byte[] gunzip(byte[] body, int limit) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] decoded = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw RequestBody.tooLong(limit);
      }
      return decoded;
    } catch (IOException broken) {
      throw new ProblemException(
          ProblemType.INVALID_FIELD.inField("body", "The body is not gzip, or broke off"));
    }
  }
}
