package dev.allim.ops;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import org.jboss.logging.Logger;
import org.jboss.logmanager.LogContext;

/**
 * Follows the file that {@code allim.log.levels} names. What is taken out of it gets back the level
 * that it had at the start.
 */
@Singleton
public class LogLevels {
  private static final Logger LOG = Logger.getLogger(LogLevels.class);

  private final Optional<Path> file;

  // Everything below is touched by one scheduled run at a time, after the start.
  private final Map<String, Optional<Level>> before = new HashMap<>();
  private Map<String, String> applied = Map.of();

  LogLevels(LogConfig config) {
    this.file = config.levels();
  }

  void start(@Observes StartupEvent event) {
    look();
  }

  /** Looks at the file, if there is to be one, and does what it says. */
  @Scheduled(every = "3s", delayed = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    file.ifPresent(this::follow);
  }

  private void follow(Path path) {
    Map<String, String> wanted = read(path);
    if (!wanted.equals(applied)) {
      applied.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(this::restore);
      wanted.forEach(this::apply);
      applied = wanted;
    }
  }

  private static Map<String, String> read(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (IOException | IllegalArgumentException unreadable) {
      LOG.warnf("The log levels cannot be read file=%s cause=%s", path, unreadable);
    }
    Map<String, String> levels = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> levels.put(name, properties.getProperty(name)));
    return levels;
  }

  private void apply(String category, String level) {
    java.util.logging.Logger logger = LogContext.getLogContext().getLogger(category);
    try {
      Level parsed = LogContext.getLogContext().getLevelForName(level.strip());
      before.putIfAbsent(category, Optional.ofNullable(logger.getLevel()));
      logger.setLevel(parsed);
      LOG.infof("Log level changed category=%s level=%s", category, parsed);
    } catch (IllegalArgumentException unknown) {
      LOG.warnf("There is no such log level category=%s level=%s", category, level);
    }
  }

  private void restore(String category) {
    Optional<Level> was = before.getOrDefault(category, Optional.empty());
    LogContext.getLogContext().getLogger(category).setLevel(was.orElse(null));
    LOG.infof("Log level restored category=%s", category);
  }
}
