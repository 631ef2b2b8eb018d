package dev.allim.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the page, as it is in this release.
 *
 * @param tag its ETag, which follows its bytes; weak, as it is the same however they are coded
 * @param packed what is sent to those who take gzip, if that is shorter
 */
record PageFile(String tag, Optional<Packed> packed) {
  /** Texts, with the types that browsers insist on. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  /**
   * Coded once.
   *
   * @param type the media type
   * @param bytes as gzip
   */
  record Packed(String type, Buffer bytes) {}

  /** Reads it, if there is one. */
  static Optional<PageFile> read(String path) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream file = loader.getResourceAsStream("META-INF/resources" + path)) {
      return file == null ? Optional.empty() : Optional.of(of(path, file.readAllBytes()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static PageFile of(String path, byte[] bytes) {
    String tag = "W/\"%s\"".formatted(Fingerprint.of("", bytes).substring(0, 32));
    Optional<Packed> packed =
        Optional.ofNullable(TYPES.get(path.substring(path.lastIndexOf('.') + 1)))
            .map(type -> new Packed(type, Buffer.buffer(gzip(bytes))))
            .filter(coded -> coded.bytes().length() < bytes.length);
    return new PageFile(tag, packed);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return coded.toByteArray();
  }
}
