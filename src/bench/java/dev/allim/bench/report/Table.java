package dev.allim.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results as a Markdown table whose columns also line up on a terminal: medians, in parentheses
 * the smallest and the largest, and the hub's ratio to each of the others.
 */
public final class Table {
  private static final String ABSENT = "–";

  private final String first;
  private final List<String> others;
  private final List<List<String>> lines = new ArrayList<>();

  private Table(List<String> contenders) {
    first = contenders.get(0);
    others = contenders.subList(1, contenders.size());
    lines.add(
        Stream.of(
                Stream.of("case", "figure"),
                contenders.stream(),
                others.stream().map(other -> first + " / " + other))
            .flatMap(cells -> cells)
            .toList());
  }

  /** Renders {@code results}, one column for each of {@code contenders}; the first is the hub. */
  public static String render(Results results, List<String> contenders) {
    Table table = new Table(contenders);
    results.rows().forEach(table::add);
    return table.text();
  }

  private void add(Results.Row row, Map<String, Series> series) {
    List<String> cells = new ArrayList<>(List.of(row.scenario(), row.figure().name()));
    cells.add(cell(row.figure(), find(series, first)));
    others.forEach(other -> cells.add(cell(row.figure(), find(series, other))));
    others.forEach(other -> cells.add(ratio(find(series, first), find(series, other))));
    lines.add(cells);
  }

  private static Optional<Series> find(Map<String, Series> series, String contender) {
    return Optional.ofNullable(series.get(contender));
  }

  private static String cell(Figure figure, Optional<Series> taken) {
    return taken.map(series -> cell(figure, series)).orElse(ABSENT);
  }

  private static String cell(Figure figure, Series series) {
    String median = figure.format(series.median());
    return series.min() == series.max()
        ? median
        : "%s (%s–%s)".formatted(median, figure.format(series.min()), figure.format(series.max()));
  }

  private static String ratio(Optional<Series> mine, Optional<Series> theirs) {
    if (mine.isEmpty() || theirs.isEmpty() || theirs.get().median() == 0) {
      return ABSENT;
    }
    return String.format(Locale.ROOT, "%.2f", mine.get().median() / theirs.get().median());
  }

  private String text() {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < lines.get(0).size(); i++) {
      int column = i;
      widths.add(lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      line(text, lines.get(i), widths);
      if (i == 0) {
        line(text, widths.stream().map("-"::repeat).toList(), widths);
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, List<Integer> widths) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      text.append("| ").append(cell);
      text.append(" ".repeat(widths.get(i) - cell.length())).append(" ");
    }
    text.append("|\n");
  }
}
