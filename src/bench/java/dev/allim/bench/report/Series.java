package dev.allim.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One figure, taken several times. */
public final class Series {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
    Collections.sort(values);
  }

  /** The one in the middle, or the mean of the two. */
  public double median() {
    int half = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(half)
        : (values.get(half - 1) + values.get(half)) / 2;
  }

  /** The smallest. */
  public double min() {
    return values.get(0);
  }

  /** The largest. */
  public double max() {
    return values.get(values.size() - 1);
  }

  /** How often it was taken. */
  public int size() {
    return values.size();
  }
}
