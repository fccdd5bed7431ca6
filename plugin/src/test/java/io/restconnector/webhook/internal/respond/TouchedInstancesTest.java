package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The instances that one transaction starts or wakes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TouchedInstancesTest {

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  TouchedInstancesTest() {
    engine.deploy(
        "called.bpmn20.xml",
        """
        <process id="called"><startEvent id="cs"/><sequenceFlow sourceRef="cs" targetRef="t"/>
        <userTask id="t"/></process>
        """,
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="set"/>
        <serviceTask id="set" flowable:expression="${execution.setVariable('v', 1)}"/>
        <sequenceFlow sourceRef="set" targetRef="reached"/>
        <manualTask id="reached"/><sequenceFlow sourceRef="reached" targetRef="again"/>
        <serviceTask id="again" flowable:expression="${execution.setVariable('v', 2)}"/>
        <sequenceFlow sourceRef="again" targetRef="call"/>
        <callActivity id="call" calledElement="called"/></process>
        """);
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private String start() {
    return engine.runtime().startProcessInstanceByKey("p").getId();
  }

  @Test
  void whenAnInstanceIsStartedThenItIsKnownHoweverItIsAndNotWhatItCalls() {
    engine.inTransaction(
        () -> {
          TouchedInstances touched = TouchedInstances.begin(Set.of("reached", "t"));
          String[] started = new String[1];
          String unknown =
              TouchedInstances.start(
                  () -> {
                    started[0] = start();
                    return null;
                  });
          String known = TouchedInstances.start(this::start);

          assertThat(unknown).isEqualTo(started[0]).isNotEqualTo(known);
          assertThat(touched.stateAt(started[0], "reached")).isNotNull();
          assertThat(touched.stateAt(Objects.requireNonNull(known), "reached")).isNotNull();
          return null;
        });
  }

  @Test
  void whenAnInstanceReachesAnActivityThenItsStateIsThatOfThatMoment() {
    engine.inTransaction(
        () -> {
          TouchedInstances touched = TouchedInstances.begin(Set.of("reached", "t"));
          String id = Objects.requireNonNull(TouchedInstances.start(this::start));

          assertThat(
                  Objects.requireNonNull(touched.stateAt(id, "reached"))
                      .at("/variables/v")
                      .asInt(0))
              .isEqualTo(1);
          assertThat(Objects.requireNonNull(TouchedInstances.state(id)).at("/variables/v").asInt(0))
              .isEqualTo(2);
          assertThat(touched.stateAt(id, "set")).isNull(); // nobody waits for it
          assertThat(touched.stateAt(id, "t")).isNull(); // of the process that it calls
          assertThat(touched.stateAt(id, null)).isNull();
          assertThat(TouchedInstances.state("none")).isNull();
          return null;
        });
  }

  @Test
  void whenAnInstanceIsWokenThenWhatItReachesIsSeenAndThatOfOthersIsNot() {
    String woken = engine.runtime().startProcessInstanceByKey("called").getId();
    String other = engine.runtime().startProcessInstanceByKey("called").getId();
    engine.inTransaction(
        () -> {
          TouchedInstances touched = TouchedInstances.begin(Set.of("t"));
          TouchedInstances.wake(woken);
          touched.reached(woken, "t");
          touched.reached(other, "t");

          assertThat(touched.stateAt(woken, "t")).isNotNull();
          assertThat(touched.stateAt(other, "t")).isNull();
          return null;
        });
  }

  @Test
  void whenNoRequestIsAtWorkThenNothingIsSeen() {
    engine.inTransaction(
        () -> {
          assertThat(TouchedInstances.current()).isNull();
          TouchedInstances.wake("any");
          assertThat(TouchedInstances.start(() -> "given")).isEqualTo("given");
          assertThat(TouchedInstances.start(() -> null)).isNull();
          return null;
        });
    assertThat(TouchedInstances.current()).isNull();
  }

  @Test
  void whenNothingIsStartedThenWhatComesLaterIsNotTakenForIt() {
    engine.inTransaction(
        () -> {
          TouchedInstances touched = TouchedInstances.begin(Set.of("reached"));
          assertThat(TouchedInstances.start(() -> null)).isNull();
          String later = start();

          assertThat(touched.stateAt(later, "reached")).isNull();
          return null;
        });
  }
}
