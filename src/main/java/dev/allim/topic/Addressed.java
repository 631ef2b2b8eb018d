package dev.allim.topic;

import java.util.List;

/** What has topics and may be for some eyes only: all that decides who may see it. Immutable. */
public interface Addressed {
  /** What it was published under. */
  List<Topic> topics();

  /** Whether only those may see it who hold a grant for one of its topics. */
  boolean isPrivate();
}
