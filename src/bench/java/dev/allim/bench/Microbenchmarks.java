package dev.allim.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks, {@code bench.jmh} naming which, and writes jmh.json. */
public final class Microbenchmarks {
  private Microbenchmarks() {}

  /** Takes system properties. */
  public static void main(String[] args) throws RunnerException {
    boolean quick = !System.getProperty("bench.quick").equals("false");
    TimeValue turn = quick ? TimeValue.milliseconds(100) : TimeValue.seconds(1);
    new Runner(
            new OptionsBuilder()
                .include(System.getProperty("bench.jmh"))
                .jvm(Path.of(System.getProperty("bench.java"), "bin", "java").toString())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(quick ? 1 : 3)
                .warmupTime(turn)
                .measurementIterations(quick ? 1 : 5)
                .measurementTime(turn)
                .addProfiler("gc")
                .resultFormat(ResultFormatType.JSON)
                .result(Path.of(System.getProperty("bench.directory"), "jmh.json").toString())
                .build())
        .run();
  }
}
