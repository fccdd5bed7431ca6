package io.restconnector.console;

import static io.restconnector.console.ConsoleApplication.CONSOLE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** An application with Spring Security whose filter chains leave the console out, or do not. */
class UnguardedConsoleTest {

  @ParameterizedTest
  @CsvSource({"OfOtherPaths, 403", "WithoutFilters, 403", "OpenToAll, 200"})
  void whenNoFilterChainGuardsTheConsoleThenOnlyThisMachineIsAnswered(String chains, int others)
      throws ClassNotFoundException {
    Class<?> security = Class.forName(UnguardedConsoleTest.class.getName() + "$" + chains);
    try (ConsoleApplication application = ConsoleApplication.startWith(security)) {
      for (String path : new String[] {"", "/main.js", "/api/overview"}) {
        assertThat(application.get(CONSOLE + path).status()).isEqualTo(200);
        assertThat(application.get(CONSOLE + path, "Test-Peer: 203.0.113.9").status())
            .as(path)
            .isEqualTo(others);
        assertThat(application.get(CONSOLE + path, "Host: rebound.example").status())
            .as(path)
            .isEqualTo(others);
      }
    }
  }

  private static SecurityFilterChain open(HttpSecurity http) {
    return http.authorizeHttpRequests(all -> all.anyRequest().permitAll()).build();
  }

  @Configuration(proxyBeanMethods = false)
  static class OfOtherPaths {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return open(http.securityMatcher("/api/**"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WithoutFilters {
    @Bean
    WebSecurityCustomizer ignored() {
      return web -> web.ignoring().requestMatchers("/rest-connector/**");
    }
  }

  /** Its rules count, whatever they are. */
  @Configuration(proxyBeanMethods = false)
  static class OpenToAll {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return open(http);
    }
  }
}
