package dev.allim.cli;

/**
 * What one look at a hub found.
 *
 * @param verdict how bad it is
 * @param words what, and what would help
 */
record Finding(Verdict verdict, String words) {
  /** How bad. */
  enum Verdict {
    OK("ok  "),
    NOTE("note"),
    BAD("BAD ");

    private final String mark;

    Verdict(String mark) {
      this.mark = mark;
    }
  }

  static Finding ok(String words) {
    return new Finding(Verdict.OK, words);
  }

  static Finding note(String words) {
    return new Finding(Verdict.NOTE, words);
  }

  static Finding bad(String words) {
    return new Finding(Verdict.BAD, words);
  }

  String line() {
    return verdict.mark + "  " + words;
  }
}
