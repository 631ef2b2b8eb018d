package dev.allim.presence;

import dev.allim.log.SharedRoster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads who is there at the other nodes, as long as that takes little. */
final class Everywhere {
  /** Entries that one page reads in vain before whoever asks has to ask again. */
  private static final int LOOKS = 10_000;

  private static final int AT_ONCE = 200;
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final Comparator<Listed> BY_ID = Comparator.comparing(Listed::id);

  private final ListedJson json;

  Everywhere(ListedJson json) {
    this.json = json;
  }

  /**
   * What was found of other nodes.
   *
   * @param upTo the id up to which all were looked at; absent for all there are
   */
  private record Found(List<Listed> items, Optional<String> upTo) {}

  /**
   * A page of those who are here and there.
   *
   * @param here the first of those who are here, one more than the page may have if there are as
   *     many
   * @param most at most so many
   */
  ListedPage page(
      List<Listed> here, SharedRoster roster, String self, Wish wish, String after, int most) {
    Found there = read(roster, self, wish, after, most + 1);
    List<Listed> both = new ArrayList<>(there.items());
    both.addAll(here);
    both.sort(BY_ID);
    there.upTo().ifPresent(last -> both.removeIf(one -> one.id().compareTo(last) > 0));
    return page(both, there.upTo(), most);
  }

  /** A page of those who are here alone. */
  static ListedPage page(List<Listed> sorted, int most) {
    return page(sorted, Optional.empty(), most);
  }

  private static ListedPage page(List<Listed> sorted, Optional<String> upTo, int most) {
    int count = 0;
    int characters = 0;
    while (count < Math.min(most, sorted.size()) && characters < MOST_CHARACTERS) {
      characters += sorted.get(count++).size();
    }
    boolean cut = count < sorted.size();
    return new ListedPage(
        List.copyOf(sorted.subList(0, count)),
        cut ? Optional.of(sorted.get(count - 1).id()) : upTo);
  }

  private Found read(SharedRoster roster, String self, Wish wish, String after, int most) {
    List<Listed> found = new ArrayList<>();
    String last = after;
    int characters = 0;
    for (int looks = 0; looks < LOOKS; looks += AT_ONCE) {
      List<SharedRoster.Entry> entries = roster.others(self, last, AT_ONCE);
      for (SharedRoster.Entry entry : entries) {
        json.read(entry.text()).filter(wish::takes).ifPresent(found::add);
        characters += entry.text().length();
        last = entry.id();
      }
      if (entries.size() < AT_ONCE) {
        return new Found(found, Optional.empty());
      }
      if (found.size() >= most || characters > MOST_CHARACTERS) {
        break;
      }
    }
    return new Found(found, Optional.of(Listed.urn(last)));
  }
}
