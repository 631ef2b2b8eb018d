package dev.allim.log;

import java.util.Collection;
import java.util.List;

/**
 * Where the nodes that share an engine tell each other what is there at each, as long as each
 * lives: entries with an id and a text, of which the engine understands nothing. What a node has
 * told is gone some seconds after it tells nothing any more. Blocks on the network.
 */
public interface SharedRoster {
  /**
   * One thing that is there.
   *
   * @param id nobody else's; without spaces or control characters
   * @param text what is said of it
   */
  record Entry(String id, String text) {}

  /**
   * Says what has changed at a node, and that it lives; to be called every second or so. One caller
   * at a time for each node.
   *
   * @param gone ids of what is there no longer
   * @param here what is there now, in place of what had the same id
   * @return whether all that the node has told before is there, too; if not, it is forgotten, and
   *     the node has to tell everything anew
   * @throws LogUnavailableException if it cannot be told now; the next call finds out what is there
   */
  boolean tell(String node, Collection<String> gone, Collection<Entry> here);

  /**
   * A node ends, or is about to tell everything anew: nothing of it is there any more.
   *
   * @throws LogUnavailableException if that cannot be told now
   */
  void forget(String node);

  /**
   * What all nodes but one have told.
   *
   * @param node the one that asks
   * @param after only ids behind this one; empty for all
   * @param most at most so many
   * @return in the order of their ids; fewer than {@code most} if there are no more
   * @throws LogUnavailableException if it cannot be read now
   */
  List<Entry> others(String node, String after, int most);
}
