package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose turn it is when a call has returned. */
class SendPermitsTest {

  private final List<String> departed = new ArrayList<>();
  private final Map<String, List<SendPermits.Permit>> out = new HashMap<>();

  private SendPermits.Permit depart(SendPermits permits, String origin, String call) {
    SendPermits.Permit permit = permits.permit(origin, () -> true);
    permit.acquire(
        () -> {
          departed.add(call);
          out(origin).add(permit);
        });
    return permit;
  }

  private List<SendPermits.Permit> out(String origin) {
    return out.computeIfAbsent(origin, ignored -> new ArrayList<>());
  }

  private void returned(String origin) {
    out(origin).remove(0).release();
  }

  @Test
  void whenTwoOriginsAreBusyThenAThirdGetsTheNextPlaceButOne() {
    SendPermits permits = new SendPermits(Runnable::run, 2, 2);
    for (int i = 0; i < 1000; i++) {
      depart(permits, "a", "a" + i);
      depart(permits, "b", "b" + i);
    }
    depart(permits, "quiet", "quiet");
    for (int i = 0; i < 3; i++) {
      returned(out("a").isEmpty() ? "b" : "a");
    }

    assertThat(departed).contains("quiet").hasSize(5);
  }

  @Test
  void whenManyOriginsWaitThenTheyTakeTurnsInTheOrderOfTheirFirstCalls() {
    SendPermits permits = new SendPermits(Runnable::run, 1, 1);
    depart(permits, "first", "first");
    for (String call : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
      depart(permits, call.substring(0, 1), call);
    }
    returned("first");
    for (String origin : List.of("a", "b", "c", "a", "b", "a")) {
      returned(origin);
    }

    assertThat(departed).containsExactly("first", "a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void whenAnOriginHasAllItMayHaveThenItTakesNoTurnUntilOneReturns() {
    SendPermits permits = new SendPermits(Runnable::run, 3, 1);
    for (String call : List.of("a1", "a2", "b1", "b2")) {
      depart(permits, call.substring(0, 1), call);
    }
    assertThat(departed).containsExactly("a1", "b1");
    returned("b");
    assertThat(departed).containsExactly("a1", "b1", "b2");
    returned("a");
    assertThat(departed).containsExactly("a1", "b1", "b2", "a2");
  }

  @Test
  void whenAPermitIsReleasedTwiceOrBeforeItIsHeldThenNoPlaceIsGained() {
    SendPermits permits = new SendPermits(Runnable::run, 1, 1);
    SendPermits.Permit first = depart(permits, "a", "a1");
    depart(permits, "a", "a2").release();
    assertThat(departed).containsExactly("a1");
    first.release();
    first.release();
    depart(permits, "a", "a3");
    assertThat(departed).containsExactly("a1", "a2");
    returned("a");
    out("a").get(0).release();
    assertThat(departed).containsExactly("a1", "a2", "a3");
  }

  @Test
  void whenAllHaveReturnedThenThereIsRoomForAsManyAsBefore() {
    SendPermits permits = new SendPermits(Runnable::run, 2, 2);
    for (int round = 0; round < 3; round++) {
      departed.clear();
      out.clear();
      for (int i = 0; i < 4; i++) {
        depart(permits, "a", "a" + i);
      }
      assertThat(departed).hasSize(2);
      for (int i = 0; i < 4; i++) {
        returned("a");
      }
      assertThat(departed).hasSize(4);
    }
  }
}
