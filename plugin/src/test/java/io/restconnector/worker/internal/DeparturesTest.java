package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose turn it is when a call has returned. */
class DeparturesTest {

  private final List<String> departed = new ArrayList<>();
  private final Map<String, List<Departures.Permit>> out = new HashMap<>();

  private Departures.Permit depart(Departures departures, String origin, String call) {
    Departures.Permit permit = departures.permit(origin, () -> true);
    permit.acquire(
        () -> {
          departed.add(call);
          out(origin).add(permit);
        });
    return permit;
  }

  private List<Departures.Permit> out(String origin) {
    return out.computeIfAbsent(origin, ignored -> new ArrayList<>());
  }

  private void returned(String origin) {
    out(origin).remove(0).release();
  }

  @Test
  void whenTwoOriginsAreBusyThenAThirdGetsTheNextPlaceButOne() {
    Departures departures = new Departures(Runnable::run, 2, 2);
    for (int i = 0; i < 1000; i++) {
      depart(departures, "a", "a" + i);
      depart(departures, "b", "b" + i);
    }
    depart(departures, "quiet", "quiet");
    for (int i = 0; i < 3; i++) {
      returned(out("a").isEmpty() ? "b" : "a");
    }

    assertThat(departed).contains("quiet").hasSize(5);
  }

  @Test
  void whenManyOriginsWaitThenTheyTakeTurnsInTheOrderOfTheirFirstCalls() {
    Departures departures = new Departures(Runnable::run, 1, 1);
    depart(departures, "first", "first");
    for (String call : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
      depart(departures, call.substring(0, 1), call);
    }
    returned("first");
    for (String origin : List.of("a", "b", "c", "a", "b", "a")) {
      returned(origin);
    }

    assertThat(departed).containsExactly("first", "a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void whenAnOriginHasAllItMayHaveThenItTakesNoTurnUntilOneReturns() {
    Departures departures = new Departures(Runnable::run, 3, 1);
    for (String call : List.of("a1", "a2", "b1", "b2")) {
      depart(departures, call.substring(0, 1), call);
    }
    assertThat(departed).containsExactly("a1", "b1");
    returned("b");
    assertThat(departed).containsExactly("a1", "b1", "b2");
    returned("a");
    assertThat(departed).containsExactly("a1", "b1", "b2", "a2");
  }

  @Test
  void whenAPermitIsReleasedTwiceOrBeforeItIsHeldThenNoPlaceIsGained() {
    Departures departures = new Departures(Runnable::run, 1, 1);
    Departures.Permit first = depart(departures, "a", "a1");
    depart(departures, "a", "a2").release();
    assertThat(departed).containsExactly("a1");
    first.release();
    first.release();
    depart(departures, "a", "a3");
    assertThat(departed).containsExactly("a1", "a2");
    returned("a");
    out("a").get(0).release();
    assertThat(departed).containsExactly("a1", "a2", "a3");
  }

  @Test
  void whenAllHaveReturnedThenThereIsRoomForAsManyAsBefore() {
    Departures departures = new Departures(Runnable::run, 2, 2);
    for (int round = 0; round < 3; round++) {
      departed.clear();
      out.clear();
      for (int i = 0; i < 4; i++) {
        depart(departures, "a", "a" + i);
      }
      assertThat(departed).hasSize(2);
      for (int i = 0; i < 4; i++) {
        returned("a");
      }
      assertThat(departed).hasSize(4);
    }
  }
}
