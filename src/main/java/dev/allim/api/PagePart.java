package dev.allim.api;

import dev.allim.http.route.RequestTarget;
import dev.allim.hub.HistoryPages;
import dev.allim.hub.spi.HistorySlice;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.TopicFilter;
import java.util.List;
import java.util.Optional;

/** Which part of the history a page holds. */
sealed interface PagePart {
  /** The parameters that say so, beside those of a stream. */
  List<String> PARAMETERS = List.of("limit", "order", "before");

  /** Items of a page that does not say how many. */
  int ITEMS = 100;

  /** Reads it. May wait for a disk. */
  HistorySlice read(HistoryPages history, TopicFilter filter, Patience patience);

  /**
   * From a place on, oldest first.
   *
   * @param start the place
   * @param limit how many items at most
   */
  record Onwards(StartAt start, int limit) implements PagePart {
    @Override
    public HistorySlice read(HistoryPages history, TopicFilter filter, Patience patience) {
      return history.read(filter, start, limit, patience::requireMore);
    }
  }

  /**
   * Newest first.
   *
   * @param before the oldest that the reader has
   * @param limit how many items at most
   */
  record Back(Optional<EventId> before, int limit) implements PagePart {
    @Override
    public HistorySlice read(HistoryPages history, TopicFilter filter, Patience patience) {
      return history.readBack(filter, before, limit, patience::requireMore);
    }
  }

  /**
   * As the parameters say.
   *
   * @param start where those of a stream let it begin
   */
  static PagePart of(RequestTarget target, StartAt start) {
    Optional<Integer> limit = ListenRequest.count(target, "limit");
    if (isBack(target)) {
      refuse(target, "with order=desc, before says where it goes on", "since", "last");
      return new Back(target.one("before").map(EventId::new), limit.orElse(ITEMS));
    }
    refuse(target, "before goes with order=desc", "before");
    if (start instanceof StartAt.Last last) {
      refuse(target, "last says how many already", "limit");
      return new Onwards(start, last.count());
    }
    return new Onwards(start, limit.orElse(ITEMS));
  }

  private static boolean isBack(RequestTarget target) {
    return switch (target.one("order").orElse("asc")) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new InvalidFieldException("order", "order must be 'asc' or 'desc'");
    };
  }

  private static void refuse(RequestTarget target, String reason, String... names) {
    for (String name : names) {
      if (target.one(name).isPresent()) {
        throw new InvalidFieldException(name, "%s has no meaning here: %s".formatted(name, reason));
      }
    }
  }
}
