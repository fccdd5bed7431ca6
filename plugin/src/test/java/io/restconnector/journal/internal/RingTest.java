package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingTest {

  @Test
  void whenMoreAreAddedThanThereArePlacesThenTheLastRemainNewestFirst() {
    Ring<Long> ring = new Ring<>(3);
    for (int i = 0; i < 5; i++) {
      ring.add(id -> id);
    }

    assertThat(ring.newestFirst()).isEqualTo(List.of(4L, 3L, 2L));
  }

  @Test
  void whenAMillionAreAddedByManyThreadsThenTheLastThousandRemainAndNoOther() {
    Ring<Long> ring = new Ring<>(1_000);

    IntStream.range(0, 1_000_000).parallel().forEach(i -> ring.add(id -> id));

    assertThat(ring.newestFirst())
        .isEqualTo(LongStream.range(0, 1_000).mapToObj(i -> 999_999 - i).toList());
  }
}
