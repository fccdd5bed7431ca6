package io.restconnector.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.chain.SecretHeader;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class AuthenticationsTest {

  private static final String OK = RawServer.response("200 OK", "ok");

  static Stream<Arguments> authentications() {
    return Stream.of(
        Arguments.of(
            AuthenticationSettings.basic("ann", "s"), "\r\nAuthorization: Basic YW5uOnMzY3JldCsv"),
        Arguments.of(AuthenticationSettings.bearer("s"), "\r\nAuthorization: Bearer s3cret+/"),
        Arguments.of(AuthenticationSettings.apiKeyHeader("X-Crm", "s"), "\r\nX-Crm: s3cret+/"),
        Arguments.of(AuthenticationSettings.apiKeyQuery("k e", "s"), "k%20e=s3cret%2B%2F"));
  }

  @ParameterizedTest
  @MethodSource("authentications")
  void whenCallNamesAnAuthenticationThenItIsSent(AuthenticationSettings settings, String sent)
      throws Exception {
    try (RawServer server = RawServer.answering(OK);
        RestClient client = client(settings)) {
      assertThat(status(client, "GET", server.url("/a?b=c"))).isEqualTo(200);
      assertThat(status(client, "POST", server.url("/a?"))).isEqualTo(200);
      assertThat(status(client, "GET", server.url(""))).isEqualTo(200);

      assertThat(server.requests())
          .hasSize(3)
          .allSatisfy(request -> assertThat(request).containsOnlyOnce(sent));
    }
  }

  @ParameterizedTest
  @MethodSource("authentications")
  void whenCallNamesNoneThenNothingIsSent(AuthenticationSettings settings, String sent)
      throws Exception {
    try (RawServer server = RawServer.answering(OK);
        RestClient client = client(settings)) {
      client.send(TestRequests.get(server.url("/"))).get(10, TimeUnit.SECONDS);

      assertThat(server.requests().get(0)).doesNotContain(sent);
    }
  }

  @ParameterizedTest
  @MethodSource("authentications")
  void whenRedirectStaysAtTheOriginThenItIsSentAgain(AuthenticationSettings settings, String sent)
      throws Exception {
    String location = settings.carrier() != null ? "/b?c=d" : "/b?k%20e=old&c=d";
    try (RawServer server = RawServer.start(RawServer.replying(redirecting("/a", location)));
        RestClient client = client(settings)) {
      assertThat(status(client, "GET", server.url("/a"))).isEqualTo(200);

      assertThat(server.requests().get(1))
          .contains("/b?c=d")
          .containsOnlyOnce(sent)
          .doesNotContain("old");
    }
  }

  @ParameterizedTest
  @MethodSource("authentications")
  void whenRedirectLeadsAwayAndBackThenItIsNotSentAgain(
      AuthenticationSettings settings, String sent) throws Exception {
    for (String method : List.of("GET", "POST")) {
      for (String status : List.of("302 Found", "303 See Other", "307 Temporary Redirect")) {
        String[] back = new String[1];
        try (RawServer away =
                RawServer.start(RawServer.replying(request -> redirect(status, back[0])));
            RawServer home =
                RawServer.start(
                    RawServer.replying(
                        request -> {
                          if (request.contains(" /back")) {
                            return OK;
                          }
                          // This server repeats the query, as many do.
                          String path = request.split(" ", 3)[1];
                          return redirect(status, away.url(path));
                        }));
            RestClient client = client(settings)) {
          back[0] = home.url("/back");

          assertThat(status(client, method, home.url("/a?b=c"))).isEqualTo(200);

          assertThat(home.requests().get(0)).contains(sent);
          assertThat(away.requests().get(0)).doesNotContain(sent).contains("b=c");
          assertThat(home.requests().get(1)).doesNotContain(sent);
        }
      }
    }
  }

  static Stream<Arguments> mistakes() {
    AuthenticationSettings good = AuthenticationSettings.bearer("s");
    Map<String, Secret> none = Map.of();
    return Stream.of(
        Arguments.of(AuthenticationSettings.bearer("s3cret+/"), secrets("s3cret+/")),
        Arguments.of(good, none),
        Arguments.of(good, secrets("")),
        Arguments.of(good, secrets("s3cret+/\n")),
        Arguments.of(good.withSslBundle("unknown"), secrets("s3cret+/")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whenASettingRefersToNothingThenTheStartFailsAndShowsNoSecret(
      AuthenticationSettings settings, Map<String, Secret> secrets) {
    AccessSettings access =
        AccessSettings.defaults().withSecrets(secrets).withAuthentications(Map.of("crm", settings));

    assertThatThrownBy(() -> new RestClient(HttpSettings.defaults().withAccess(access)).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("authentications\\.crm\\.(secret|ssl-bundle) .*")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void whenASecretIsPrintedThenItsValueIsNotThere() {
    AccessSettings access =
        AccessSettings.defaults().withSecrets(Map.of("crm", Secret.of("s3cret+/")));

    assertThat(HttpSettings.defaults().withAccess(access).toString())
        .contains("crm")
        .doesNotContain("s3cret");
    assertThat(JsonMapper.shared().writeValueAsString(access.secrets())).doesNotContain("s3cret");
    assertThat(new SecretHeader("X-Crm", Secret.of("s3cret+/")).toString())
        .doesNotContain("s3cret");
  }

  private static UnaryOperator<String> redirecting(String from, String to) {
    return request -> request.contains(" " + from) ? redirect("302 Found", to) : OK;
  }

  private static String redirect(String status, String location) {
    return RawServer.response(status + "\r\nLocation: " + location, "");
  }

  private static Map<String, Secret> secrets(String value) {
    return Map.of("s", Secret.of(value));
  }

  private static RestClient client(AuthenticationSettings settings) {
    return new RestClient(
        HttpSettings.defaults()
            .withAccess(
                AccessSettings.defaults()
                    .withSecrets(secrets("s3cret+/"))
                    .withAuthentications(Map.of("crm", settings))));
  }

  private static int status(RestClient client, String method, String url) throws Exception {
    List<Header> headers = List.of();
    CallOutcome outcome =
        client
            .send(TestRequests.as("crm", TestRequests.request(method, url, headers, null)))
            .get(10, TimeUnit.SECONDS);
    return ((CallOutcome.Response) outcome).status();
  }
}
