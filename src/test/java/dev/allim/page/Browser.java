package dev.allim.page;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
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

  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String AXE = resource("/axe.min.js");
  private static final String JUDGE =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations
          .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
              `${id}: ${html} ${failureSummary}`))));
      """;

  private final ChromeDriver driver;
  private final List<String> tabs = new ArrayList<>();

  private Browser(ChromeDriver driver) {
    this.driver = driver;
    tabs.add(driver.getWindowHandle());
  }

  private static String resource(String name) {
    try (InputStream resource = Browser.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
        // a process for each tab, so that they crash one by one
        "--renderer-process-limit=32",
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

  /** Is no phone any more. */
  void grow() {
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /**
   * Has its user prefer {@code light} or {@code dark}, and rest: what is looked at has arrived, and
   * is not on its way there.
   */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
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

  /** Shows another tab, on nothing yet; the one before stays open. */
  void openTab() {
    driver.switchTo().newWindow(WindowType.TAB);
    tabs.add(driver.getWindowHandle());
  }

  /** Shows the tab that was opened as this one, the first being 0. */
  void showTab(int index) {
    driver.switchTo().window(tabs.get(index));
  }

  /** Closes the tab that is shown, as its user would, and shows the first that is left. */
  void closeTab() {
    tabs.remove(driver.getWindowHandle());
    driver.close();
    driver.switchTo().window(tabs.get(0));
  }

  /**
   * Has the tab that is shown crash, without a word to anybody, and shows the first that is left.
   */
  void crashTab() {
    tabs.remove(driver.getWindowHandle());
    try {
      driver.executeCdpCommand("Page.crash", Map.of());
    } catch (WebDriverException crashed) {
      // nobody is there any more to answer
    }
    driver.switchTo().window(tabs.get(0));
  }

  /** Waits until a script that yields a boolean yields true. */
  void awaitTrue(String script) {
    new WebDriverWait(driver, PATIENCE).withMessage(script).until(page -> holds(script));
  }

  /** The violations that axe-core finds on the page as it is, in words. */
  List<String> violations() {
    driver.executeScript(AXE);
    return driver.executeAsyncScript(JUDGE) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Keeps a picture of the whole page under {@code target/screenshots}. */
  void picture(String name) {
    Object picture =
        driver
            .executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
            .get("data");
    try {
      Files.createDirectories(PICTURES);
      Files.write(
          PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(picture)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
