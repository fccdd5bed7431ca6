package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one list of JSON types and text types. */
class MediaTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=utf-8",
        "text/json",
        "TEXT/JSON;charset=latin1",
        "application/problem+json",
        "application/vnd.api+json; version=1",
        "application/ld+json",
        "application/cloudevents+json",
        "image/whatever+json",
        "application/x-amz-json-1.0",
        "application/x-amz-json-1.1"
      })
  void whenTypeIsJsonThenItIsNoText(String type) {
    assertThat(MediaType.parse(type).isJson()).isTrue();
    assertThat(MediaType.parse(type).isText()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/csv; header=present",
        "text/html",
        "text/event-stream",
        "text/xml",
        "application/xml",
        "application/soap+xml; action=x",
        "image/svg+xml",
        "application/x-ndjson",
        "Application/X-NDJSON",
        "application/jsonl",
        "application/json-seq",
        "application/yaml",
        "application/x-yaml",
        "application/openapi+yaml",
        "application/javascript",
        "application/sql",
        "application/graphql",
        "application/jwt",
        "application/dpop+jwt",
        "application/x-pem-file",
        "application/pem-certificate-chain",
        "application/EDIFACT",
        "application/EDI-X12",
        "application/toml",
        "application/csv"
      })
  void whenTypeIsTextThenItIsNoJson(String type) {
    assertThat(MediaType.parse(type).isText()).isTrue();
    assertThat(MediaType.parse(type).isJson()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";;;",
        "json",
        "application/pdf",
        "application/octet-stream",
        "application/jsonp",
        "application/json5",
        "application/x-amz-cbor",
        "application/cbor",
        "application/sqlite",
        "application/xml-external",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "image/png",
        "application/zip+json.gz"
      })
  void whenTypeIsAnotherThenItIsNeither(String type) {
    assertThat(MediaType.parse(type).isText()).isFalse();
    assertThat(MediaType.parse(type).isJson()).isFalse();
  }
}
