package dev.allim.proxy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration files, in which a test replaces what stands there literally.
 *
 * @param files their contents by name
 */
record Text(Map<String, String> files) {
  Text in(String file, String from, String format, Object... to) {
    String text = Optional.ofNullable(files.get(file)).orElseThrow();
    if (!text.contains(from)) {
      throw new IllegalStateException(file + " no longer says: " + from);
    }
    Map<String, String> changed = new HashMap<>(files);
    changed.put(file, text.replace(from, format.formatted(to)));
    return new Text(changed);
  }
}
