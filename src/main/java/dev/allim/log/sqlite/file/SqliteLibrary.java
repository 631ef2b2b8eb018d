package dev.allim.log.sqlite.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's own library inside a native executable. Left alone, the driver finds out what machine it
 * is on first: it runs a process, looks at every file that is mapped, and so takes more than half
 * of the whole start. The executable knows that from when it was built.
 */
final class SqliteLibrary {
  /** Says, while an executable is built, that it is. */
  private static final String PHASE = "org.graalvm.nativeimage.imagecode";

  private static final String GIVEN_DIRECTORY = "org.sqlite.lib.path";
  private static final String GIVEN_NAME = "org.sqlite.lib.name";
  private static final String TEMPORARY = "org.sqlite.tmpdir";

  /**
   * Where the executable has it. Evaluated as it is built; a JVM leaves the search to the driver.
   */
  private static final Optional<String> BUNDLED =
      "buildtime".equals(System.getProperty(PHASE))
          ? Optional.of(
              LibraryLoaderUtil.getNativeLibResourcePath()
                  + "/"
                  + LibraryLoaderUtil.getNativeLibName())
          : Optional.empty();

  private SqliteLibrary() {}

  /**
   * Loads it, once, unless the driver has to search for it or was told where it is.
   *
   * @throws IOException if there is no place to unpack it to
   */
  static synchronized void load() throws IOException {
    if (BUNDLED.isPresent() && System.getProperty(GIVEN_DIRECTORY) == null) {
      try (InputStream library = SqliteLibrary.class.getResourceAsStream(BUNDLED.get())) {
        if (library != null) {
          load(library);
        }
      }
    }
  }

  /** Once it is mapped its file is of no use: what is killed leaves nothing behind. */
  private static void load(InputStream library) throws IOException {
    String given = System.getProperty(TEMPORARY, System.getProperty("java.io.tmpdir"));
    Path directory = Files.createTempDirectory(Path.of(given), "allim-sqlite");
    Path file = directory.resolve(LibraryLoaderUtil.getNativeLibName());
    try {
      Files.copy(library, file);
      System.setProperty(GIVEN_DIRECTORY, directory.toString());
      System.setProperty(GIVEN_NAME, file.getFileName().toString());
      SQLiteJDBCLoader.initialize();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("SQLite's library cannot be loaded", e);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }
}
