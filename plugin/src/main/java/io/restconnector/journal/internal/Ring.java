package io.restconnector.journal.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last entries, as many as there are places. Safe for use by many threads, and without locks.
 */
final class Ring<T> {

  private record Numbered<T>(long id, T entry) {}

  private final AtomicReferenceArray<@Nullable Numbered<T>> places;
  private final AtomicLong next = new AtomicLong();

  Ring(int size) {
    places = new AtomicReferenceArray<>(size);
  }

  /**
   * Takes the place of the oldest one; whoever made it before does not take that of a later one.
   */
  T add(LongFunction<T> entry) {
    long id = next.getAndIncrement();
    Numbered<T> added = new Numbered<>(id, entry.apply(id));
    places.accumulateAndGet(
        place(id), added, (old, young) -> old != null && old.id > young.id ? old : young);
    return added.entry;
  }

  /** Null where it is not there any more, or not yet. */
  @Nullable T get(long id) {
    Numbered<T> there = id < 0 ? null : places.get(place(id));
    return there != null && there.id == id ? there.entry : null;
  }

  List<T> newestFirst() {
    List<T> entries = new ArrayList<>();
    long newest = next.get() - 1;
    for (long id = newest; id >= 0 && newest - id < places.length(); id--) {
      // A place is empty, or still has an older entry, while the one of this number is being made.
      T entry = get(id);
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private int place(long id) {
    return (int) (id % places.length());
  }
}
