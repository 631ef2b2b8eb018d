package dev.allim.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the command line says, by system properties that begin with {@code bench.}; {@code
 * src/bench/run} has the defaults.
 *
 * @param quick a smoke: everything runs once and shortly, and the figures mean nothing
 * @param cases keys of the cases to run, or {@code all}
 * @param repeat how often each figure is taken
 * @param measure how long one figure takes
 * @param peers who else is measured
 * @param javaHome the JDK that runs the server
 * @param jvmArgs its flags; {@code recommended} stands for those the project recommends
 * @param server the packaged server: a jar, or a native executable
 * @param serverProperties configuration of the server, {@code key=value} for all cases or {@code
 *     case:key=value} for one
 * @param other the hub that the peer {@code other} is
 * @param nchanWorkers worker processes of nginx
 * @param directory where results and logs go
 */
public record Settings(
    boolean quick,
    List<String> cases,
    int repeat,
    Duration measure,
    List<String> peers,
    Path javaHome,
    List<String> jvmArgs,
    Path server,
    List<String> serverProperties,
    Other other,
    int nchanWorkers,
    Path directory) {

  /**
   * A second hub, to compare two builds or two settings in one run.
   *
   * @param jvmArgs as for the first
   * @param server as for the first
   * @param serverProperties besides those of the first
   */
  public record Other(List<String> jvmArgs, Path server, List<String> serverProperties) {}

  /** Stands for nothing. */
  private static final String NONE = "none";

  private static final Pattern DEFINITION =
      Pattern.compile("((?<case>[a-z0-9-]+):)?(?<key>[^=:]+)=(?<value>.*)");

  private static final List<String> GIVE_MEMORY_BACK =
      List.of("-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20");

  private static final int COMPACT_HEADERS_SINCE = 25;

  static Settings read() {
    boolean quick = !text("quick").equals("false");
    return new Settings(
        quick,
        list("cases"),
        quick ? 1 : Integer.parseInt(text("repeat")),
        Duration.ofSeconds(quick ? 1 : Integer.parseInt(text("seconds"))),
        list("peers"),
        Path.of(text("java")),
        words("jvmArgs"),
        Path.of(text("server")),
        list("serverProperties"),
        new Other(
            words("other.jvmArgs"), Path.of(text("other.server")), list("other.serverProperties")),
        Integer.parseInt(text("nchan.workers")),
        Path.of(text("directory")));
  }

  private static String text(String name) {
    String value = System.getProperty("bench." + name);
    if (value == null) {
      throw new IllegalArgumentException("bench.%s is not set".formatted(name));
    }
    return value;
  }

  private static List<String> words(String name) {
    return Stream.of(text(name).split(" +")).toList();
  }

  private static List<String> list(String name) {
    return Stream.of(text(name).split(",")).filter(item -> !item.equals(NONE)).toList();
  }

  /** The same with the other hub in the place of the first. */
  public Settings forOther() {
    return new Settings(
        quick,
        cases,
        repeat,
        measure,
        peers,
        javaHome,
        other.jvmArgs(),
        other.server(),
        other.serverProperties(),
        other,
        nchanWorkers,
        directory);
  }

  /** Whether a case was asked for. */
  boolean wants(String key) {
    return cases.contains(key) || cases.contains("all");
  }

  /** Whether the server needs a JVM. */
  public boolean serverIsJar() {
    return server.toString().endsWith(".jar");
  }

  /** The JVM and its flags. */
  public List<String> javaCommand() {
    Stream<String> java = Stream.of(javaHome.resolve("bin/java").toString());
    return Stream.concat(java, javaFlags().stream()).toList();
  }

  /** The JVM's flags. */
  List<String> javaFlags() {
    if (!jvmArgs.equals(List.of("recommended"))) {
      return jvmArgs.stream().filter(flag -> !flag.equals(NONE)).toList();
    }
    return JavaRelease.of(javaHome) < COMPACT_HEADERS_SINCE
        ? GIVE_MEMORY_BACK
        : Stream.concat(Stream.of("-XX:+UseCompactObjectHeaders"), GIVE_MEMORY_BACK.stream())
            .toList();
  }

  /** The server's configuration for the case {@code key}. */
  public Map<String, String> serverProperties(String key) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String definition : serverProperties) {
      Matcher parts = DEFINITION.matcher(definition);
      if (!parts.matches()) {
        throw new IllegalArgumentException("bench.serverProperties: " + definition);
      }
      if (parts.group("case") == null || parts.group("case").equals(key)) {
        properties.put(parts.group("key"), parts.group("value"));
      }
    }
    return properties;
  }
}
