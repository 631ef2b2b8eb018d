package dev.allim.page;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium that is installed on this machine; nothing is ever downloaded. It speaks
 * Korean until told otherwise. Everything it waits for, it waits for until a deadline.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String REQUIRE_ALL = "ALLIM_REQUIRE_ALL";

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts Chromium. Where it is absent the test is skipped, and where nothing may be skipped, it
   * fails.
   */
  static Browser open() {
    Path chromium =
        require("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    Path chromedriver = require("chromedriver");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.toFile())
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options(chromium)));
    browser.speak("ko-KR,ko,en");
    return browser;
  }

  private static ChromeOptions options(Path chromium) {
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.setCapability("goog:loggingPrefs", logging);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--window-size=1200,900");
    return options;
  }

  private static Path require(String... names) {
    Optional<Path> program = Stream.of(names).flatMap(Browser::installed).findFirst();
    if (program.isEmpty()) {
      skip("%s is not installed: the page is not tried in a browser".formatted(names[0]));
    }
    return program.orElseThrow();
  }

  private static void skip(String reason) {
    if (Boolean.parseBoolean(System.getenv(REQUIRE_ALL))) {
      Assertions.fail(reason);
    }
    System.out.println("Skipped: " + reason);
    Assumptions.abort(reason);
  }

  private static Stream<Path> installed(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable);
  }

  /** The languages of its user, the preferred one first, from the next visit on. */
  void speak(String languages) {
    String agent = String.valueOf(driver.executeScript("return navigator.userAgent"));
    driver.executeCdpCommand(
        "Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", languages));
  }

  /** Becomes a phone that is this many pixels wide, from the next visit on. */
  void shrinkTo(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 740, "deviceScaleFactor", 2, "mobile", true));
  }

  /** Has its user prefer {@code light} or {@code dark}. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void visit(URI uri) {
    driver.get(uri.toString());
  }

  /** Goes back to the page before. */
  void back() {
    driver.navigate().back();
  }

  void fill(String css, String text) {
    WebElement field = driver.findElement(By.cssSelector(css));
    field.clear();
    field.sendKeys(text);
  }

  void click(String css) {
    driver.findElement(By.cssSelector(css)).click();
  }

  /** The texts of all that match, as they are in the document, in its order. */
  List<String> texts(String css) {
    return strings(
        """
        return [...document.querySelectorAll(arguments[0])].map(found => found.textContent);
        """,
        css);
  }

  /** Waits until one of those that match holds this text. */
  void awaitText(String css, String part) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> "'%s' in %s, which holds %s".formatted(part, css, texts(css)))
        .until(page -> texts(css).stream().anyMatch(text -> text.contains(part)));
  }

  /** Whether a script that yields a boolean yields true. */
  boolean holds(String script) {
    return Boolean.TRUE.equals(driver.executeScript(script));
  }

  /** What a script that yields an array of strings yields. */
  List<String> strings(String script, Object... arguments) {
    return driver.executeScript(script, arguments) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** What the console says since it was last asked. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
