package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.ServiceId;

/**
 * The services that are still to be opened, shown and started. This is done in pieces, so that a
 * large tree does not keep clients waiting. Making a supervise/ takes a third of the time of a
 * start. In a small tree, therefore, all are made before any service is started. In a large one the
 * services that do not look at others are started first; then each supervise/ is made, and the rest
 * is started. <b>Loop thread only.</b>
 */
final class StartQueue {
  /** The size of a small tree: it costs the first start no more than a tenth of its time. */
  private static final int FEW = 16;

  private final LinkedHashSet<ServiceId> toOpen = new LinkedHashSet<>();
  private final LinkedHashSet<ServiceProcess> toShow = new LinkedHashSet<>();
  private final LinkedHashSet<ServiceProcess> toStart = new LinkedHashSet<>();
  private final List<Runnable> whenSettled = new ArrayList<>();
  private final EventLoop loop;
  private @Nullable ServiceId opening;
  private boolean few = true;
  private final Consumer<ServiceId> open;

  /**
   * Begins empty.
   *
   * @param open opens a service
   */
  StartQueue(EventLoop loop, Consumer<ServiceId> open) {
    this.loop = loop;
    this.open = open;
  }

  /** Opens the service in one of the next turns. */
  void later(ServiceId id) {
    if (toOpen.isEmpty()) {
      loop.soon(this::openSome);
    }
    toOpen.add(id);
    few &= toOpen.size() <= FEW;
  }

  /** Opens the service before its turn, if it is still to be opened. */
  void now(ServiceId id) {
    if (toOpen.remove(id)) {
      open(id);
    }
  }

  /** Whether it has not been opened yet. */
  boolean contains(ServiceId id) {
    return toOpen.contains(id) || id.equals(opening);
  }

  /** Whether no service waits to be opened. */
  boolean allOpen() {
    return toOpen.isEmpty();
  }

  void remove(ServiceId id) {
    toOpen.remove(id);
    opening = id.equals(opening) ? null : opening;
  }

  void clear() {
    toOpen.clear();
    toStart.clear();
  }

  /** Starts the new service; if it may look at others, only when all have their supervise/. */
  void start(ServiceProcess process) {
    if (few || process.directory().runMayLookAtOthers()) {
      toStart.add(process);
      if (opening == null && toOpen.isEmpty() && toShow.isEmpty()) {
        loop.soon(this::startSome);
      }
    } else {
      process.start();
    }
  }

  /** Makes the supervise/ of the process in one of the next turns. */
  void showLater(ServiceProcess process) {
    if (toShow.isEmpty() && toOpen.isEmpty()) {
      loop.soon(this::showSome);
    }
    toShow.add(process);
  }

  /** The number of processes without supervise/. */
  int toShow() {
    return toShow.size();
  }

  /** Runs the action once, when no service is left. */
  void whenSettled(Runnable action) {
    whenSettled.add(action);
  }

  /** Opens the first of them now. */
  void openSome() {
    loop.pieces().drain(toOpen, this::open, () -> loop.soon(this::showSome));
  }

  private void open(ServiceId id) {
    var outer = opening;
    opening = id;
    open.accept(id);
    opening = outer;
  }

  private void showSome() {
    loop.pieces().drain(toShow, process -> process.parts().files().write(), this::startSome);
  }

  private void startSome() {
    if (toOpen.isEmpty()) {
      loop.pieces().drain(toStart, ServiceProcess::start, this::settle);
    }
  }

  /** Services that have come meanwhile are opened, shown and started first. */
  private void settle() {
    if (!toOpen.isEmpty() || !toShow.isEmpty() || !toStart.isEmpty()) {
      return;
    }
    few = true;
    var settled = List.copyOf(whenSettled);
    whenSettled.clear();
    settled.forEach(loop::guard);
  }
}
