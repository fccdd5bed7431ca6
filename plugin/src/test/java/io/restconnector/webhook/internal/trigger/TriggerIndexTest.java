package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Triggers by the segments of a path. */
class TriggerIndexTest {

  private static TriggerIndex index() throws Exception {
    List<Trigger> triggers = new ArrayList<>();
    for (String keyPathTenant :
        List.of(
            "d a/b -", "c a/{x} -", "b {x}/b -", "a a/b/c -", "e a -", "d a/b t", "c a/{y} t")) {
      String[] parts = keyPathTenant.split(" ", -1);
      triggers.add(
          Triggers.read(
              Triggers.expressions(Map.of()),
              parts[2].equals("-") ? "" : parts[2],
              "'key': '%s', 'path': '%s', %s".formatted(parts[0], parts[1], Triggers.NONE)));
    }
    return new TriggerIndex(triggers);
  }

  private static List<String> names(List<Trigger> triggers) {
    return triggers.stream().map(each -> each.key() + each.tenantId()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a/b     | b c ct d dt",
        "a/z     | c ct",
        "z/b     | b",
        "a       | e",
        "a/b/c   | a",
        "a/b/z   | ``",
        "z/z     | ``",
        "z       | ``",
        "a/b/c/d | ``",
        "a/{x}   | c ct"
      })
  void whenAPathIsAskedForThenAllItsTriggersAreFoundByKeyAndThenByTenant(String path, String found)
      throws Exception {
    assertThat(String.join(" ", names(index().find(List.of(path.split("/")))))).isEqualTo(found);
  }

  @Test
  void whenAllAreAskedForThenTheyComeByKeyAndThenByTenant() throws Exception {
    assertThat(names(index().all())).containsExactly("a", "b", "c", "ct", "d", "dt", "e");
    assertThat(new TriggerIndex(List.of()).find(List.of("a"))).isEmpty();
  }
}
