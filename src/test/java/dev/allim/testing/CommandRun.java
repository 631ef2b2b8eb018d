package dev.allim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command of the packaged program, as its own process. */
public final class CommandRun implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Printed out;
  private final Printed err;

  private CommandRun(Process process) {
    this.process = process;
    this.out = new Printed(process.inputReader(StandardCharsets.UTF_8));
    this.err = new Printed(process.errorReader(StandardCharsets.UTF_8));
  }

  /** What it says on one stream, read as it comes. */
  private static final class Printed {
    private final StringBuffer text = new StringBuffer();
    private final Thread reader;

    Printed(BufferedReader from) {
      reader =
          new Thread(
              () -> {
                try (from) {
                  from.transferTo(new AppendingWriter(text));
                } catch (IOException closed) {
                  // it has ended
                }
              });
      reader.setDaemon(true);
      reader.start();
    }

    String whole() {
      try {
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      return text.toString();
    }
  }

  private static final class AppendingWriter extends java.io.Writer {
    private final StringBuffer text;

    AppendingWriter(StringBuffer text) {
      this.text = text;
    }

    @Override
    public void write(char[] characters, int from, int count) {
      text.append(characters, from, count);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Starts {@code allim} with these words, and nothing of ours in its environment. */
  public static CommandRun of(String... words) {
    return of(Map.of(), words);
  }

  /** The same with variables, and system properties, which are those with a dot in their names. */
  public static CommandRun of(Map<String, String> settings, String... words) {
    List<String> options = new ArrayList<>(coverage());
    settings.forEach(
        (key, value) -> {
          if (key.contains(".")) {
            options.add("-D%s=%s".formatted(key, value));
          }
        });
    List<String> command = new ArrayList<>(PackagedProgram.command(options));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("ALLIM_"));
    settings.forEach(
        (key, value) -> {
          if (!key.contains(".")) {
            builder.environment().put(key, value);
          }
        });
    try {
      return new CommandRun(builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What watches over the lines that the tests run watches over those that a command runs, too. */
  private static List<String> coverage() {
    return PackagedProgram.isNative()
        ? List.of()
        : ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-javaagent:") && option.contains("jacoco"))
            .map(option -> option + ",includes=dev.allim.*")
            .toList();
  }

  /** Writes this to it, and ends its input. */
  public CommandRun read(String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits until it has printed this. */
  public CommandRun awaitOutput(String text) {
    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .untilAsserted(() -> assertThat(out.text.toString()).contains(text));
    return this;
  }

  /** Waits until it has complained of this. */
  public CommandRun awaitComplaint(String text) {
    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .untilAsserted(() -> assertThat(err.text.toString()).contains(text));
    return this;
  }

  /** Asks it to end (SIGTERM). {@code Process.destroy} would also close the ear on what it says. */
  public CommandRun terminate() {
    process.toHandle().destroy();
    return this;
  }

  /** Waits for its end, which has to be with this exit code. */
  public CommandRun ends(int code) {
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as(() -> "it ended after: " + out.text + err.text).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    assertThat(process.exitValue()).as(output() + complaints()).isEqualTo(code);
    return this;
  }

  /** What it has printed by now. */
  public String outputSoFar() {
    return out.text.toString();
  }

  /** What it printed, up to its end. */
  public String output() {
    return out.whole();
  }

  /** What it complained of, up to its end. */
  public String complaints() {
    return err.whole();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
