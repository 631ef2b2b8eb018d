package dev.allim.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All figures of a run, in the order in which they were first taken. */
public final class Results {
  /**
   * A line of the table.
   *
   * @param scenario what was done
   * @param figure what was looked at
   */
  public record Row(String scenario, Figure figure) {}

  private final Map<Row, Map<String, Series>> rows = new LinkedHashMap<>();

  /** Takes note of one value. */
  public void add(String scenario, Figure figure, String contender, double value) {
    rows.computeIfAbsent(new Row(scenario, figure), row -> new LinkedHashMap<>())
        .computeIfAbsent(contender, name -> new Series())
        .add(value);
  }

  /** Every row, and in it the series of each contender. */
  public Map<Row, Map<String, Series>> rows() {
    return rows;
  }

  /** The figure of one contender. */
  public Optional<Series> find(Row row, String contender) {
    return Optional.ofNullable(rows.getOrDefault(row, Map.of()).get(contender));
  }
}
