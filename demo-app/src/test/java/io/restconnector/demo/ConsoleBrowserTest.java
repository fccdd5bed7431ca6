package io.restconnector.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.flowable.engine.HistoryService;
import org.flowable.engine.ManagementService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** The demo's pages and the console, as a person with a browser uses them. Run by .ci/console. */
@Tag("console")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:browser;DB_CLOSE_DELAY=-1",
      "spring.main.allow-bean-definition-overriding=true",
      "demo.samples=false"
    })
class ConsoleBrowserTest {

  @TestConfiguration(proxyBeanMethods = false)
  static class Held {
    @Bean
    HeldShop heldShop() {
      return new HeldShop();
    }

    @Bean
    String backend(HeldShop heldShop) {
      return heldShop.url();
    }
  }

  @LocalServerPort private int port;
  @Autowired private HeldShop shop;
  @Autowired private Callbacks callbacks;
  @Autowired private HistoryService history;
  @Autowired private ManagementService management;

  private Browser browser;

  @BeforeAll
  void start() throws IOException {
    browser = new Browser(port);
  }

  @AfterAll
  void stop() {
    browser.close();
  }

  @BeforeEach
  void begin() {
    browser.show(1280, 860, "light");
  }

  @AfterEach
  void end() {
    shop.answerAll();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void whenAnOrderIsPlacedOnThePageThenItsTokenIsSeenOnEachActivity() throws Exception {
    shop.hold();
    browser.open("/");
    browser.run("document.querySelector('[name=orderId]').value = 'T-1'");
    browser.click("button", "Place the order");
    browser.click("a", "Watch order T-1");

    for (String activity : List.of("price", "reserve", "pay")) {
      browser.find(".canvas .bpmn-service-task.token[data-bpmn-id=" + activity + "]");
      browser.find("[data-key='activity " + activity + "']", "token here");
      if (activity.equals("pay")) {
        browser.picture("console-instance");
      }
      shop.answerOne();
    }
    browser.find(".canvas .token[data-bpmn-id=settled]");
    await().until(() -> send("payments/T-1", "{\"paymentId\": \"P-1\", \"settled\": true}") == 200);
    browser.find(".canvas .token[data-bpmn-id=carrier]");
    shop.answerOne();

    browser.find("h1 .badge", "ended");
    browser.awaitNone(".canvas .token");
    browser.find(".canvas .passed[data-bpmn-id=shipped]");
    browser.run(
        "document.querySelector('.canvas .bpmn-service-task[data-bpmn-id=pay] > rect')"
            + ".dispatchEvent(new MouseEvent('click', {bubbles: true}))");
    browser.find("h3", "Calls of Take the payment");
  }

  @Test
  void whenACallIsOpenedThenItsRequestItsResponseAndItsTimesAreShown() throws Exception {
    send("orders", "{\"orderId\": \"T-2\", \"item\": \"lamp\", \"currency\": \"EUR\"}");
    browser.console("calls?find=reservations/T-2");

    browser.click(".rows a", "/reservations/T-2");

    assertThat(browser.find(".detail h2").getText()).isEqualTo("PUT of reserve");
    browser.find(".detail h3", "Time line");
    browser.find(".detail .legend", "first byte");
    browser.find(".detail pre", "{\"item\":\"lamp\"}");
    browser.find(".detail pre", "19.99");
    browser.find(".detail .code pre", "curl -i -X PUT 'http");
    browser.picture("console-call");
  }

  @Test
  void whenAWebhookIsRefusedThenThePageSaysWhy() throws Exception {
    browser.open("/");
    browser.click("option", "a payment that is not settled");
    browser.click("button", "Send it");
    browser.find("form [role=status]", "404");
    browser.click("a", "See why");
    browser.click(".rows a", "/payments/");

    browser.find(".checks li.good", "method");
    browser.find(".checks li.bad", "condition");
    browser.find(".checks li.bad .reason", "the condition is false");
    browser.picture("console-request");
    browser.click("button", "Explain it");
    browser.find(".explanation .reason", "404");
    browser.find(".explanation .checks li.bad", "condition");
    browser.click("button", "Replay it");
    browser.find("#done", "Replayed, and answered 404");
  }

  @Test
  void whenADeadLetterJobRunsAgainThenItsProcessGoesOn() throws Exception {
    send("orders", "{\"orderId\": \"T-3\", \"item\": \"ghost\", \"currency\": \"EUR\"}");
    String instance = instance("T-3");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> management.createTimerJobQuery().processInstanceId(instance).count() == 1);
    management.moveJobToDeadLetterJob(
        management.createTimerJobQuery().processInstanceId(instance).singleResult().getId());
    shop.learnAboutGhosts();

    browser.console("instances/" + instance);
    browser.find(".card.failed .reason", "NOT_FOUND");
    browser.find(".canvas .failed[data-bpmn-id=price]");
    browser.picture("console-failed");
    browser.click(".card.failed button", "Run it again");

    browser.awaitNone(".card.failed");
    browser.find(".canvas .token[data-bpmn-id=settled]");
  }

  @Test
  void whenThereIsOnlyAKeyboardThenEverythingIsReached() throws Exception {
    send("orders", "{\"orderId\": \"T-4\", \"item\": \"lamp\", \"currency\": \"EUR\"}");
    browser.console("overview");

    browser.tabTo(".skip");
    browser.tabTo("nav a[href='#/calls']");
    browser.press(Keys.ENTER);
    browser.find("h1", "Calls");
    browser.tabTo("#find");
    browser.press("T-4", Keys.ENTER);
    browser.find(".rows a", "/reservations/T-4");
    browser.tabTo(".rows a");
    browser.press(Keys.ENTER);
    browser.find(".detail h2");
    browser.tabTo(".code button");
    browser.tabTo("[data-key=instance]");
    browser.press(Keys.ENTER);
    browser.find("h1", "Order");
    browser.tabTo("[data-key='activity reserve']");
    browser.press(Keys.ENTER);
    browser.find("h3", "Calls of Reserve the item");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "320, light", "320, dark"})
  void whenAnybodyLooksThenNothingIsInTheWay(int width, String scheme) throws Exception {
    browser.show(width, 860, scheme);
    send("orders", "{\"orderId\": \"T-5\", \"item\": \"lamp\", \"currency\": \"EUR\"}");
    send("payments/T-0", "{\"paymentId\": \"P-1\", \"settled\": false}");
    String instance = instance("T-5");

    browser.open("/");
    look("h1");
    browser.console("overview");
    browser.click("summary", "curl");
    look(".code");
    browser.picture("console-overview-" + width + "-" + scheme);
    browser.console("requests?find=payments");
    browser.click(".rows a", "/payments/T-0");
    browser.click("summary", "Explain another");
    look(".checks");
    browser.console("calls");
    browser.find(".rows a").click();
    look(".timeline");
    browser.console("instances");
    look(".rows");
    browser.console("instances/" + instance);
    browser.find(".canvas .token[data-bpmn-id=settled]");
    look(".canvas svg");
    browser.picture("console-instance-" + width + "-" + scheme);
  }

  private void look(String css) {
    browser.find(css);
    browser.assertNothingIsCutOff();
    browser.assertNobodyIsShutOut();
  }

  private int send(String path, String json) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(callbacks.getUrl() + "/" + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private String instance(String orderId) {
    return history
        .createHistoricProcessInstanceQuery()
        .variableValueEquals("orderId", orderId)
        .orderByProcessInstanceStartTime()
        .desc()
        .list()
        .get(0)
        .getId();
  }
}
