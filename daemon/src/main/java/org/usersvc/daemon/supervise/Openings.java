package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.ServiceId;

/**
 * What is still to be opened and to be shown, a few a turn, so that a large tree does not keep
 * clients waiting: first all services are started, then their supervise/ is made. <b>Loop thread
 * only.</b>
 */
final class Openings {
  private static final int PER_TURN = 32;

  private final LinkedHashSet<ServiceId> toOpen = new LinkedHashSet<>();
  private final LinkedHashSet<Supervised> toShow = new LinkedHashSet<>();
  private final List<Runnable> whenSettled = new ArrayList<>();
  private final EventLoop loop;
  private @Nullable ServiceId opening;
  private final Consumer<ServiceId> open;

  /**
   * Begins with nothing.
   *
   * @param open opens a service
   */
  Openings(EventLoop loop, Consumer<ServiceId> open) {
    this.loop = loop;
    this.open = open;
  }

  /** Opens the service in one of the next turns. */
  void later(ServiceId id) {
    if (toOpen.isEmpty()) {
      loop.soon(this::openSome);
    }
    toOpen.add(id);
  }

  /** Whether it has not been opened yet. */
  boolean contains(ServiceId id) {
    return toOpen.contains(id) || id.equals(opening);
  }

  /** Whether nothing is to be opened any more. */
  boolean allOpen() {
    return toOpen.isEmpty();
  }

  void remove(ServiceId id) {
    toOpen.remove(id);
    opening = id.equals(opening) ? null : opening;
  }

  void clear() {
    toOpen.clear();
  }

  /** Makes the supervise/ of the process in one of the next turns. */
  void showLater(Supervised process) {
    if (toShow.isEmpty() && toOpen.isEmpty()) {
      loop.soon(this::showSome);
    }
    toShow.add(process);
  }

  /** How many have no supervise/ yet. */
  int toShow() {
    return toShow.size();
  }

  /** Runs the action once, when nothing is left. */
  void whenSettled(Runnable action) {
    whenSettled.add(action);
  }

  /** Opens the first of them now. */
  void openSome() {
    for (int left = PER_TURN; left > 0 && !toOpen.isEmpty(); left--) {
      opening = toOpen.removeFirst();
      open.accept(opening);
    }
    opening = null;
    loop.soon(toOpen.isEmpty() ? this::showSome : this::openSome);
  }

  private void showSome() {
    var some = toShow.stream().limit(PER_TURN).toList();
    some.forEach(process -> process.files().write());
    some.forEach(toShow::remove);
    if (!toShow.isEmpty()) {
      loop.soon(this::showSome);
    } else if (toOpen.isEmpty()) {
      var settled = List.copyOf(whenSettled);
      whenSettled.clear();
      settled.forEach(Runnable::run);
    }
  }
}
