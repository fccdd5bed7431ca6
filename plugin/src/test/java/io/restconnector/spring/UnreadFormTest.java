package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Parameters of the query, and none of a body. */
class UnreadFormTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
  private final UnreadForm form = new UnreadForm(request);

  UnreadFormTest() {
    request.setContentType("application/x-www-form-urlencoded");
    request.addParameter("ofBody", "1"); // as a container has read it
  }

  @Test
  void whenABodyIsAFormThenNobodySeesThat() {
    request.setQueryString("a=1&b&a=2&=x");

    assertThat(form.getContentType()).isNull();
    assertThat(form.getParameter("a")).isEqualTo("1");
    assertThat(form.getParameterValues("a")).containsExactly("1", "2");
    assertThat(form.getParameter("b")).isEmpty();
    assertThat(form.getParameter("")).isEqualTo("x");
    assertThat(form.getParameter("ofBody")).isNull();
    assertThat(form.getParameterValues("ofBody")).isNull();
    assertThat(Collections.list(form.getParameterNames())).containsExactly("a", "b", "");
    assertThat(form.getParameterMap()).hasSize(3);
    assertThat(form.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  void whenThereIsNoQueryThenThereAreNoParameters() {
    assertThat(form.getParameterMap()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a%20b=c+d, a b, c d",
    "%C3%A4=%C3%BC, \u00e4, \u00fc",
    "a=%zz, a, %zz",
    "a=b=c, a, b=c"
  })
  void whenAParameterIsEscapedThenItIsRead(String query, String name, String value) {
    request.setQueryString(query);

    assertThat(form.getParameter(name)).isEqualTo(value);
  }
}
