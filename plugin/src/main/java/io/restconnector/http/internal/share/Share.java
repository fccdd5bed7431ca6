package io.restconnector.http.internal.share;

import io.restconnector.http.ShareSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all calls to some hosts may use together on this node. Places are given in the order in
 * which they are asked for. No thread waits for one. Safe for use by many threads.
 */
public final class Share {

  private final String name;
  private final Limits limits;
  private final ScheduledExecutorService timer;
  private final ShareFigures figures = new ShareFigures();
  private final Deque<Place> waiting = new ArrayDeque<>();
  private volatile Runnable onRoom = () -> {};
  private int reserved;
  private long alarm = Long.MAX_VALUE;

  /**
   * What an operator wants to know.
   *
   * @param inFlight attempts that hold a place
   * @param waiting attempts on this node that wait for one
   * @param stopped how long its hosts want no calls, zero where they want some
   */
  public record State(int inFlight, int waiting, Duration stopped) {}

  /**
   * Nobody has a place in it yet.
   *
   * @param clock nanoseconds since whatever
   * @param timer is given those that waited; where it is closed they wait for ever
   */
  public Share(
      String name, ShareSettings settings, LongSupplier clock, ScheduledExecutorService timer) {
    this.name = name;
    limits = new Limits(settings, clock);
    this.timer = timer;
  }

  public String name() {
    return name;
  }

  /** What a call waits for that has no place, for its message. */
  public String placeInWords() {
    return "a place in share '%s'".formatted(name);
  }

  public ShareFigures figures() {
    return figures;
  }

  /** Runs whenever a place is given back. */
  public void onRoom(Runnable action) {
    onRoom = action;
  }

  public synchronized State state() {
    return new State(limits.inFlight(), waiting.size(), limits.stopped());
  }

  /** One that is neither held nor waited for. */
  public Place place() {
    return new Place(this, Place.State.NEW, limits.now());
  }

  synchronized boolean tryTake(Place place) {
    return place.state == Place.State.HELD
        || (place.state == Place.State.NEW && waiting.isEmpty() && give(place));
  }

  void await(Place place, Runnable onGrant, @Nullable Runnable onStop) {
    boolean given;
    boolean gone;
    synchronized (this) {
      gone = place.state == Place.State.GONE || (onStop != null && limits.isStoppedForLong());
      if (place.state == Place.State.RESERVED) {
        reserved--;
      }
      place.state = gone ? Place.State.GONE : Place.State.WAITING;
      place.granted = onGrant;
      place.stopped = onStop;
      given = !gone && waiting.isEmpty() && give(place);
      if (!gone && !given) {
        waiting.add(place);
        setAlarm();
      }
    }
    if (given) {
      onGrant.run();
    } else if (gone && onStop != null) {
      onStop.run();
    }
  }

  /** Whether the place is held now. */
  private boolean give(Place place) {
    boolean given = limits.take(place.since);
    if (given) {
      place.state = Place.State.HELD;
      figures.add(ShareFigures.Kind.TAKEN);
    }
    return given;
  }

  void release(Place place) {
    synchronized (this) {
      switch (place.state) {
        case NEW -> {}
        case RESERVED -> reserved--;
        case WAITING -> waiting.remove(place);
        case HELD -> limits.giveBack();
        case GONE -> {
          return;
        }
      }
      place.state = Place.State.GONE;
    }
    giveToWaiting();
    onRoom.run();
  }

  private void giveToWaiting() {
    List<Runnable> actions = new ArrayList<>();
    synchronized (this) {
      for (Place first = waiting.peek(); first != null && give(first); ) {
        waiting.remove();
        if (first.granted != null) {
          actions.add(first.granted);
        }
        first = waiting.peek();
      }
      setAlarm();
    }
    run(actions, timer);
  }

  /** On a thread of its own: the caller's stack would grow with the number of those that wait. */
  private static void run(List<Runnable> actions, Executor executor) {
    try {
      actions.forEach(executor::execute);
    } catch (RejectedExecutionException closed) {
      // Their calls end for that reason.
    }
  }

  /** Wakes the first that waits, if only time keeps it from its place. */
  private void setAlarm() {
    if (waiting.isEmpty() || limits.isFull()) {
      return;
    }
    long due = limits.due();
    if (alarm <= due) {
      return; // it finds out that it is early, and is set again
    }
    alarm = due;
    try {
      timer.schedule(
          () -> {
            synchronized (this) {
              alarm = alarm == due ? Long.MAX_VALUE : alarm;
            }
            giveToWaiting();
          },
          limits.until(due),
          TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // The calls that wait end for that reason.
    }
  }

  /** Its hosts want no calls for that time. Jobs that wait are given back. */
  public void stop(Duration time) {
    List<Runnable> actions = new ArrayList<>();
    synchronized (this) {
      limits.stop(time);
      if (limits.isStoppedForLong()) {
        for (Iterator<Place> each = waiting.iterator(); each.hasNext(); ) {
          Place place = each.next();
          if (place.stopped != null) {
            each.remove();
            place.state = Place.State.GONE;
            actions.add(place.stopped);
          }
        }
      }
    }
    run(actions, timer);
  }

  /** Places for jobs that are about to be taken, at most that many. */
  public synchronized List<Place> reserve(int most) {
    List<Place> places = new ArrayList<>();
    for (int count = Math.min(most, room()); count > 0; count--) {
      places.add(new Place(this, Place.State.RESERVED, limits.now()));
    }
    reserved += places.size();
    return places;
  }

  /** How many jobs can be taken whose calls may begin at once or soon. */
  private int room() {
    if (limits.isStoppedForLong()) {
      return 0;
    }
    // Where delegates always wait, a job must be able to stand in their line.
    boolean delegatesOnly =
        reserved == 0 && !waiting.isEmpty() && waiting.stream().noneMatch(Place::isOfJob);
    return Math.max(limits.room(ahead()), delegatesOnly ? 1 : 0);
  }

  /**
   * Nanoseconds until it is worth the while to take jobs; {@link Long#MAX_VALUE} where that is not
   * a matter of time.
   */
  public synchronized long nextRoom() {
    return limits.nextRoom(ahead());
  }

  private int ahead() {
    return reserved + waiting.size();
  }
}
