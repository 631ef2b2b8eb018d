package dev.allim.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a notification says of those who come and go.
 *
 * @param node where that is
 * @param joined who came
 * @param left who left, and did not come back in time
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Told(String node, List<Listed> joined, List<Listed> left) {
  static Told of(Batch batch, String node) {
    return new Told(
        node,
        batch.joined().stream().map(one -> Listed.of(one, node).withoutAsked()).toList(),
        batch.left().stream().map(one -> Listed.of(one, node).withoutAsked()).toList());
  }
}
