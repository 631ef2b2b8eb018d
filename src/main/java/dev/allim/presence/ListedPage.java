package dev.allim.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * A page of those who are there.
 *
 * @param items in the order of their ids
 * @param next what to ask for next as {@code after}; absent if there are no more
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ListedPage(List<Listed> items, Optional<String> next) {
  /** The same without what is not for everybody who may know who is there. */
  ListedPage withoutAsked() {
    return new ListedPage(items.stream().map(Listed::withoutAsked).toList(), next);
  }
}
