package dev.allim.log.sqlite.file;

/** What a publish that was answered has survived. */
public enum Durability {
  /**
   * It is on the disk: the file is synchronised before every answer, so that it survives a power
   * cut ({@code synchronous=FULL}).
   */
  DISK("FULL"),
  /**
   * It is in the operating system's memory: it survives the end of the program, however sudden, but
   * a power cut or a crash of the system may take the last moments. The file stays whole ({@code
   * synchronous=NORMAL}).
   */
  MEMORY("NORMAL");

  private final String synchronous;

  Durability(String synchronous) {
    this.synchronous = synchronous;
  }

  /** As SQLite names it. */
  public String synchronous() {
    return synchronous;
  }
}
