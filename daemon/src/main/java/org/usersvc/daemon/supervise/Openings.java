package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.ServiceId;

/**
 * What is still to be opened and to be shown, in pieces, so that a large tree does not keep clients
 * waiting: first all services are started, then their supervise/ is made. <b>Loop thread only.</b>
 */
final class Openings {
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
    loop.pieces().drain(toOpen, this::open, () -> loop.soon(this::showSome));
  }

  private void open(ServiceId id) {
    opening = id;
    open.accept(id);
    opening = null;
  }

  private void showSome() {
    loop.pieces().drain(toShow, process -> process.files().write(), this::settle);
  }

  private void settle() {
    if (toOpen.isEmpty()) {
      var settled = List.copyOf(whenSettled);
      whenSettled.clear();
      settled.forEach(Runnable::run);
    }
  }
}
