package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginMetersTest {

  @Test
  void whenMoreOriginsAreCalledThanAreNamedThenTheRestAreOneOrigin() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    OriginMeters origins = new OriginMeters(List.of(registry), () -> null);

    for (int i = 0; i < 300; i++) {
      String origin = "http://h%d:80".formatted(i);
      String tag = origins.called(origin);
      origins.guarded(tag);
      assertThat(tag).isEqualTo(i < 200 ? origin : "other");
    }

    assertThat(origins.called("http://h7:80")).isEqualTo("http://h7:80");
    assertThat(registry.find("rest.connector.connections").gauges()).hasSize(2 * 201);
    assertThat(registry.find("rest.connector.circuit").gauges()).hasSize(200);
    assertThat(registry.get("rest.connector.connections").tags("origin", "other").gauges())
        .hasSize(2)
        .allMatch(gauge -> gauge.value() == 0);
  }
}
