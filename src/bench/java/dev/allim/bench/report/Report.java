package dev.allim.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run, written down.
 *
 * @param conditions machine, versions and what was left out, a sentence each
 * @param contenders who was measured, the hub first
 * @param results the figures
 */
public record Report(List<String> conditions, List<String> contenders, Results results) {
  /** For people. */
  public String markdown() {
    return String.join("\n", conditions.stream().map(line -> "- " + line).toList())
        + "\n\n"
        + Table.render(results, contenders);
  }

  /** Writes bench.md and bench.json. */
  public void write(Path directory) throws IOException {
    Files.writeString(directory.resolve("bench.md"), markdown());
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(directory.resolve("bench.json").toFile(), json());
  }

  private Map<String, Object> json() {
    return Map.of(
        "conditions",
        conditions,
        "rows",
        results.rows().entrySet().stream().map(row -> row(row.getKey(), row.getValue())).toList());
  }

  private static Map<String, Object> row(Results.Row row, Map<String, Series> series) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("case", row.scenario());
    json.put("figure", row.figure().name());
    series.forEach(
        (contender, taken) ->
            json.put(
                contender,
                Map.of("median", taken.median(), "min", taken.min(), "max", taken.max())));
    return json;
  }
}
