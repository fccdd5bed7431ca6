package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** RFC 6902, and the objects that are made on the way. */
class JsonPatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'a': 1} | [{'op': 'add', 'path': '/b', 'value': 2}] | {'a': 1, 'b': 2}",
        "null | [{'op': 'add', 'path': '/a/b', 'value': 2}] | {'a': {'b': 2}}",
        "{'a': null} | [{'op': 'add', 'path': '/a/b', 'value': 2}] | {'a': {'b': 2}}",
        "{'a': [1, 3]} | [{'op': 'add', 'path': '/a/1', 'value': 2}] | {'a': [1, 2, 3]}",
        "{'a': [1]} | [{'op': 'add', 'path': '/a/-', 'value': 2}] | {'a': [1, 2]}",
        "{'a': [{'b': 1}]} | [{'op': 'replace', 'path': '/a/0/b', 'value': 2}] | {'a': [{'b': 2}]}",
        "{'a': [1, 2]} | [{'op': 'replace', 'path': '/a/0', 'value': 9}] | {'a': [9, 2]}",
        "{'a': 1, 'b': 2} | [{'op': 'remove', 'path': '/a'}] | {'b': 2}",
        "{'a': [1, 2]} | [{'op': 'remove', 'path': '/a/0'}] | {'a': [2]}",
        "{'a': {'b': 1}} | [{'op': 'move', 'from': '/a/b', 'path': '/c'}] | {'a': {}, 'c': 1}",
        "{'a': {'b': 1}} | [{'op': 'copy', 'from': '/a', 'path': '/c'}] | {'a': {'b': 1}, 'c': {'b': 1}}",
        "{'a': 1} | [{'op': 'test', 'path': '/a', 'value': 1}] | {'a': 1}",
        "{'a': [1, 1.5]} | [{'op': 'test', 'path': '/a', 'value': [1.0, 1.50]}] | {'a': [1, 1.5]}",
        "{} | [{'op': 'add', 'path': '/a', 'value': {}}, {'op': 'add', 'path': '/a/b', 'value': 1}] | {'a': {'b': 1}}",
        "{'a': 1} | [{'op': 'replace', 'path': '', 'value': [1]}] | [1]",
        "{'a/b': 1} | [{'op': 'replace', 'path': '/a~1b', 'value': 2}] | {'a/b': 2}",
        "{'a': 1} | [{'op': 'add', 'path': '/a/b', 'value': 2}] | a JSON Patch whose place '/a/b' is no place where something can be",
        "{'a': [1]} | [{'op': 'add', 'path': '/a/2', 'value': 2}] | a JSON Patch whose place '/a/2' is no place where something can be",
        "{'a': [1]} | [{'op': 'add', 'path': '/a/01', 'value': 2}] | a JSON Patch whose place '/a/01' is no place where something can be",
        "{} | [{'op': 'replace', 'path': '/a', 'value': 2}] | a JSON Patch whose place '/a' has nothing",
        "{} | [{'op': 'remove', 'path': '/a'}] | a JSON Patch whose place '/a' has nothing",
        "{} | [{'op': 'move', 'from': '/a', 'path': '/b'}] | a JSON Patch whose place '/a' has nothing",
        "{'a': 1} | [{'op': 'test', 'path': '/a', 'value': 2}] | a JSON Patch whose place '/a' has another value than the one that is tested",
        "{'a': 1} | [{'op': 'test', 'path': '/a', 'value': '1'}] | a JSON Patch whose place '/a' has another value than the one that is tested",
      })
  void whenAPatchIsAppliedThenADocumentOrAReasonComesOut(
      String document, String patch, String expected) {
    JsonNode before = json(document);
    JsonNode changes = json(patch);

    assertThat(JsonPatch.fault(changes)).isNull();
    if (expected.startsWith("a ")) {
      assertThatThrownBy(() -> JsonPatch.apply(changes, before)).hasMessage(expected);
    } else {
      assertThat(JsonPatch.apply(changes, before)).isEqualTo(json(expected));
    }
    assertThat(changes).isEqualTo(json(patch));
    assertThat(before).isEqualTo(json(document));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | wanted a list of operations",
        "[1] | operation 1 has no op, wanted add, remove, replace, move, copy or test",
        "[{'op': 'put', 'path': '/a'}] | operation 1 has no op, wanted add, remove, replace, move, copy or test",
        "[{'op': 'remove', 'path': '/a'}, {'op': 'add', 'path': '/a'}] | operation 2 lacks value",
        "[{'op': 'add', 'value': 1}] | operation 1 lacks path",
        "[{'op': 'move', 'path': '/a'}] | operation 1 lacks from",
        "[{'op': 'remove', 'path': 'a'}] | operation 1 has a path that is no JSON Pointer (RFC 6901)",
        "[{'op': 'remove', 'path': '/a~2'}] | operation 1 has a path that is no JSON Pointer (RFC 6901)",
        "[{'op': 'copy', 'path': '/a', 'from': 1}] | operation 1 has a from that is no JSON Pointer (RFC 6901)",
      })
  void whenThePatchIsNoneThenItsFaultIsTold(String patch, String fault) {
    assertThat(JsonPatch.fault(json(patch))).isEqualTo(fault);
  }

  private static JsonNode json(String text) {
    return JsonText.parse(text.replace('\'', '"'));
  }
}
