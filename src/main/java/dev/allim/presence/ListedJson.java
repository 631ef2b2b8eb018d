package dev.allim.presence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes and reads what is told. Any thread. */
@Singleton
class ListedJson {
  /** Made when it is needed first: that takes a while. */
  private final Instance<ObjectMapper> json;

  ListedJson(Instance<ObjectMapper> json) {
    this.json = json;
  }

  byte[] bytes(Object told) {
    try {
      return json.get().writeValueAsBytes(told);
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
      return Optional.of(json.get().readValue(text, Listed.class));
    } catch (JsonProcessingException foreign) {
      return Optional.empty();
    }
  }
}
