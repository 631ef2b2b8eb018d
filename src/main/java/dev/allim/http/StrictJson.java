package dev.allim.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.allim.text.InvalidFieldException;

/**
 * JSON as RFC 8259 means it, no more: one document, no field twice, numbers as they were written.
 */
public final class StrictJson {
  private StrictJson() {}

  /** Made by whoever needs it first: most publishes carry text, and need not wait for it. */
  private static final class Strict {
    static final ObjectReader READER = make();

    private static ObjectReader make() {
      JsonFactory strict =
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              // the table of names is everybody's: who fills it with names that collide fails
              // strangers
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .build();
      return JsonMapper.builder(strict)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .reader();
    }
  }

  /** Safe for any number of threads. */
  public static ObjectReader reader() {
    return Strict.READER;
  }

  /**
   * Returns {@code text}. JSON can escape half a surrogate pair, which no UTF-8 can carry.
   *
   * @throws InvalidFieldException in the name of {@code field} if it does
   */
  public static String requireWellFormed(String field, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new InvalidFieldException(
              field, "%s holds half a surrogate pair at index %d".formatted(field, i));
        }
        i++;
      }
    }
    return text;
  }
}
