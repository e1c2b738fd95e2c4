package org.usersvc.daemon.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A poller that never sleeps. It is as strict as epoll: a descriptor is watched once, and only a
 * watched one can be changed or forgotten.
 */
public final class FakePoller implements Poller {
  /** What somebody wants to know of a descriptor. */
  public record Interest(boolean readable, boolean writable) {}

  private final Map<Integer, Interest> watched = new LinkedHashMap<>();
  private final List<Integer> ready = new ArrayList<>();
  private final List<Integer> timeouts = new ArrayList<>();
  private final boolean allReady;
  private final FakeDayTimer day = new FakeDayTimer(this::ready);
  private int wakes;

  private FakePoller(boolean allReady) {
    this.allReady = allReady;
  }

  /** Tells of the descriptors that {@link #ready} names. */
  public static FakePoller ofNamed() {
    return new FakePoller(false);
  }

  /** Tells of every watched descriptor in every turn, for files that are really there. */
  public static FakePoller ofAll() {
    return new FakePoller(true);
  }

  @Override
  public void watch(int descriptor) {
    if (watched.putIfAbsent(descriptor, new Interest(true, false)) != null) {
      throw new IllegalStateException(descriptor + " is watched already");
    }
  }

  @Override
  public void change(int descriptor, boolean readable, boolean writable) {
    if (watched.replace(descriptor, new Interest(readable, writable)) == null) {
      throw new IllegalStateException(descriptor + " is not watched");
    }
  }

  @Override
  public void forget(int descriptor) {
    if (watched.remove(descriptor) == null) {
      throw new IllegalStateException(descriptor + " is not watched");
    }
  }

  @Override
  public void await(int timeoutMillis, Ready taker) {
    timeouts.add(timeoutMillis);
    var batch = allReady ? List.copyOf(watched.keySet()) : List.copyOf(ready);
    ready.clear();
    batch.forEach(taker::descriptor);
  }

  @Override
  public void wake() {
    wakes++;
  }

  @Override
  public FakeDayTimer dayTimer() {
    return day;
  }

  /** Has the next turn find the descriptors ready. */
  public void ready(Integer... descriptors) {
    ready.addAll(List.of(descriptors));
  }

  /** How long each turn would have slept, the last one last. */
  public List<Integer> timeouts() {
    return timeouts;
  }

  public Map<Integer, Interest> watched() {
    return watched;
  }

  public int wakes() {
    return wakes;
  }
}
