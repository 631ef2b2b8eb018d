package dev.allim.urlpattern.url;

import dev.allim.text.CharSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A path of segments while it is read. For one thread. */
public final class UrlPath {
  private final List<String> segments = new ArrayList<>();
  private final boolean isSpecial;
  private final boolean isFile;

  public UrlPath(String scheme) {
    this.isSpecial = Scheme.isSpecial(scheme);
    this.isFile = scheme.equals("file");
  }

  /** Begins where another stands; its drive is all that matters if only that is wanted. */
  UrlPath startingWith(String path) {
    if (!path.isEmpty()) {
      segments.addAll(List.of(path.substring(1).split("/", -1)));
    }
    return this;
  }

  /** Keeps the drive of what it began with, if that has one. */
  UrlPath keepingDrive() {
    boolean hasDrive = !segments.isEmpty() && isDrive(segments.get(0)) && isFile;
    segments.subList(hasDrive ? 1 : 0, segments.size()).clear();
    return this;
  }

  /** One segment up; never above a drive. */
  UrlPath shorten() {
    boolean isDrive = isFile && segments.size() == 1 && isDrive(segments.get(0));
    if (!segments.isEmpty() && !isDrive) {
      segments.remove(segments.size() - 1);
    }
    return this;
  }

  /** Appends what stands behind a slash. */
  public UrlPath append(String text) {
    int at = 0;
    while (at >= 0) {
      int end = slash(text, at);
      add(text.substring(at, end < 0 ? text.length() : end), end < 0);
      at = end < 0 ? end : end + 1;
    }
    return this;
  }

  private int slash(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '/' || (isSpecial && text.charAt(i) == '\\')) {
        return i;
      }
    }
    return -1;
  }

  private void add(String segment, boolean isLast) {
    String dots = segment.length() > 6 ? "" : segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
    if (dots.equals("..")) {
      shorten();
    }
    if (dots.equals("..") || dots.equals(".")) {
      segments.addAll(isLast ? List.of("") : List.of());
    } else if (isFile && segments.isEmpty() && isDriveOrPipe(segment)) {
      segments.add(segment.charAt(0) + ":");
    } else {
      segments.add(PercentEncoding.PATH.encode(segment));
    }
  }

  private static boolean isDrive(String segment) {
    return isDriveOrPipe(segment) && segment.charAt(1) == ':';
  }

  /** Whether it is a letter with a colon, or with the pipe that once stood for one. */
  static boolean isDriveOrPipe(String segment) {
    return segment.length() == 2 && startsWithDrive(segment);
  }

  /** Whether there is such a drive, and nothing behind it but a path. */
  static boolean startsWithDrive(String text) {
    return text.length() >= 2
        && CharSet.LETTERS.has(text.charAt(0))
        && (text.charAt(1) == ':' || text.charAt(1) == '|')
        && (text.length() == 2 || text.charAt(2) == '/' || text.charAt(2) == '\\');
  }

  @Override
  public String toString() {
    return segments.isEmpty() ? "" : "/" + String.join("/", segments);
  }
}
