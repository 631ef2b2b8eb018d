package dev.allim.ops;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The log. */
@ConfigMapping(prefix = "allim.log")
public interface LogConfig {
  /**
   * A file of log levels, one {@code category=LEVEL} a line, such as {@code dev.allim=DEBUG}. It
   * may be written, changed and deleted while the program runs, which looks at it every few
   * seconds: whoever may write files beside the program may change levels, and nobody else.
   */
  Optional<Path> levels();
}
