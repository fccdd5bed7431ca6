package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseHeadersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|{}",
        "ETag=a|{\"etag\":\"a\"}",
        "A=|{\"a\":\"\"}",
        "A=1;B=2;a=3|{\"a\":[\"1\",\"3\"],\"b\":\"2\"}",
        "A=1;A=1;A=2|{\"a\":[\"1\",\"1\",\"2\"]}",
        "TITLE=i|{\"title\":\"i\"}",
      })
  void whenHeadersAreReadThenNamesAreInLowerCaseAndOneThatRepeatsIsAnArray(
      String headers, String json) {
    List<Header> list = new ArrayList<>();
    for (String each : headers.isEmpty() ? new String[0] : headers.split(";")) {
      String[] parts = each.split("=", -1);
      list.add(new BasicHeader(parts[0], parts[1]));
    }

    assertThat(ResponseHeaders.of(list).toString()).isEqualTo(json);
  }
}
