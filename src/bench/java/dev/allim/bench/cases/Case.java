package dev.allim.bench.cases;

/** Something that is done to servers to see what they take for it. */
public interface Case {
  /** What it is chosen by. */
  String key();

  /** What the table calls it. */
  String title();

  /** Starts the servers it needs, measures them, and notes the figures in {@code lab}. */
  void run(Lab lab);
}
