package io.restconnector.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Debian's Chromium without a window. What it shows is waited for, as the page reads it in turns.
 */
final class Browser implements AutoCloseable {

  private static final Path PICTURES = Path.of("target/console-pictures");
  private static final List<String> WCAG =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private final ChromeDriver driver;
  private final String root;

  Browser(int port) throws IOException {
    root = "http://localhost:" + port;
    System.setProperty(
        "webdriver.chrome.driver",
        System.getenv().getOrDefault("CHROMEDRIVER", "/usr/bin/chromedriver"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--hide-scrollbars",
        "--user-data-dir=" + Files.createTempDirectory("console-browser"));
    driver = new ChromeDriver(options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
  }

  void show(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Opens a view of the console and waits for it. */
  void console(String view) {
    driver.get("about:blank");
    driver.get(root + "/rest-connector/console#/" + view);
    find("main h1");
  }

  void open(String path) {
    driver.get(root + path);
  }

  /** The first that is shown, as soon as there is one. */
  WebElement find(String css) {
    return until(
        any ->
            driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null),
        css);
  }

  /** One with this text, as soon as there is one. */
  WebElement find(String css, String text) {
    return until(
        any ->
            driver.findElements(By.cssSelector(css)).stream()
                .filter(each -> each.isDisplayed() && each.getText().contains(text))
                .findFirst()
                .orElse(null),
        css + " with " + text);
  }

  void awaitNone(String css) {
    until(any -> driver.findElements(By.cssSelector(css)).isEmpty() ? true : null, "no " + css);
  }

  /** The list may be drawn anew between the look and the click. */
  void click(String css, String text) {
    until(
        any -> {
          WebElement found =
              driver.findElements(By.cssSelector(css)).stream()
                  .filter(each -> each.isDisplayed() && each.getText().contains(text))
                  .findFirst()
                  .orElse(null);
          if (found != null) {
            found.click();
          }
          return found;
        },
        css + " with " + text);
  }

  private <T> T until(ExpectedCondition<T> condition, String what) {
    return new WebDriverWait(driver, Duration.ofSeconds(60))
        .pollingEvery(Duration.ofMillis(100))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> what + " in\n" + driver.findElement(By.tagName("body")).getText())
        .until(condition);
  }

  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Goes on with the key Tab until this has the focus. */
  void tabTo(String css) {
    for (int i = 0; i < 60; i++) {
      if ((Boolean) run("return document.activeElement.matches(arguments[0])", css)) {
        assertThat(run("return getComputedStyle(document.activeElement).outlineStyle"))
            .as("outline of %s", css)
            .isNotEqualTo("none");
        return;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("The key Tab does not lead to " + css);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  void assertNobodyIsShutOut() {
    List<Rule> violations = new AxeBuilder().withTags(WCAG).analyze(driver).getViolations();
    assertThat(violations)
        .as(() -> driver.getCurrentUrl())
        .extracting(each -> each.getId() + ": " + each.getNodes())
        .isEmpty();
  }

  void assertNothingIsCutOff() {
    assertThat((Long) run("return document.documentElement.scrollWidth"))
        .as(() -> "width of " + driver.getCurrentUrl())
        .isLessThanOrEqualTo((Long) run("return document.documentElement.clientWidth"));
  }

  /** Errors of scripts, and whatever the Content-Security-Policy has blocked. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(each -> each.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        // The page of the demo asks for these on purpose.
        .filter(each -> !each.contains("/rest-connector/events/"))
        .toList();
  }

  void picture(String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
