package dev.allim.ops;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Warns of settings that nobody reads, with the one that was probably meant: a misspelt limit would
 * be no limit at all.
 */
@Singleton
public class UnknownKeys {
  /** The keys that exist, a line each; written together with src/docs/configuration.md. */
  static final String KNOWN = "META-INF/allim/keys.txt";

  /** What the commands beside {@code serve} read, in whose environment a hub may be started. */
  private static final Set<String> OF_COMMANDS = Set.of("ALLIM_HUB", "ALLIM_TOKEN");

  private static final Logger LOG = Logger.getLogger(UnknownKeys.class);
  private static final Pattern NO_LETTER = Pattern.compile("[^A-Za-z0-9]");
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

  void start(@Observes StartupEvent event, Config config) {
    find(config.getPropertyNames(), System.getenv().keySet(), known())
        .forEach(
            (unknown, nearest) ->
                LOG.warnf(
                    "There is no such setting key=%s; did you mean %s? All are in configuration.md",
                    unknown, nearest));
  }

  private static List<String> known() {
    try (InputStream keys =
            Thread.currentThread().getContextClassLoader().getResourceAsStream(KNOWN);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(keys, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * What is set and does not exist, each with the nearest that does. A setting is found once,
   * whether as a property or as an environment variable.
   */
  static Map<String, String> find(
      Iterable<String> properties, Set<String> environment, List<String> known) {
    Map<String, String> set = new LinkedHashMap<>();
    environment.stream()
        .filter(name -> name.startsWith("ALLIM_"))
        .forEach(name -> set.put(name, name));
    for (String name : properties) {
      if (name.startsWith("allim.")) {
        set.putIfAbsent(variable(INDEX.matcher(name).replaceFirst("")), name);
      }
    }
    set.keySet().removeAll(OF_COMMANDS);
    Map<String, String> unknown = new LinkedHashMap<>();
    set.forEach(
        (variable, name) -> {
          if (known.stream().noneMatch(key -> admits(key, variable))) {
            unknown.put(name, nearest(variable, known));
          }
        });
    return unknown;
  }

  /** How a key is written as an environment variable. */
  static String variable(String key) {
    return NO_LETTER.matcher(key).replaceAll("_").toUpperCase(Locale.ROOT);
  }

  /** A key may hold names of the operator's own, written as a star. */
  private static boolean admits(String key, String variable) {
    int star = key.indexOf('*');
    return star < 0
        ? variable(key).equals(variable)
        : variable.startsWith(variable(key.substring(0, star)));
  }

  private static String nearest(String variable, List<String> known) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String key : known) {
      int distance = distance(variable, variable(key));
      if (distance < least) {
        least = distance;
        nearest = key;
      }
    }
    return nearest;
  }

  /** Levenshtein's: letters to put in, take out or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
