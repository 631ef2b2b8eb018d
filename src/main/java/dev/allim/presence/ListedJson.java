package dev.allim.presence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes and reads what is told. Any thread. */
@Singleton
class ListedJson {
  private final ObjectMapper json;

  ListedJson(ObjectMapper json) {
    this.json = json;
  }

  byte[] bytes(Object told) {
    try {
      return json.writeValueAsBytes(told);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("It is made of texts", impossible);
    }
  }

  String text(Object told) {
    return new String(bytes(told), StandardCharsets.UTF_8);
  }

  /** What another node has told; absent if this one does not understand it. */
  Optional<Listed> read(String text) {
    try {
      return Optional.of(json.readValue(text, Listed.class));
    } catch (JsonProcessingException foreign) {
      return Optional.empty();
    }
  }
}
