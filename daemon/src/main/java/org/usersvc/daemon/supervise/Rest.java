package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.order.Dependencies;

/**
 * Waits until a directory that is being filled, by cp -r or by hand, has had no new entry for a
 * moment: down or log/ may come after run. A directory that is moved into the scan directory is
 * complete. <b>Loop thread only.</b>
 */
final class Rest {
  private static final Duration QUIET = Duration.ofMillis(20);

  /** A directory that never rests is waited for a second and a half at most. */
  private static final int MOST_WAITS = 75;

  private final EventLoop loop;
  private final Dependencies dependencies;
  private final Set<ServiceProcess> resting = new HashSet<>();
  private final List<Waiter> waiters = new ArrayList<>();

  /** Runs its action when none of the processes is awaited any more. */
  private record Waiter(Set<ServiceProcess> processes, Runnable action) {}

  Rest(EventLoop loop, Dependencies dependencies) {
    this.loop = loop;
    this.dependencies = dependencies;
  }

  /**
   * Runs the action when the directory of the process is at rest, at once if it is. It does not run
   * if the directory is awaited already, or has a down by then without a request for a start.
   */
  void await(ServiceProcess process, Runnable action) {
    if (resting.add(process)) {
      await(process, action, MOST_WAITS);
    }
  }

  /** Runs the action when all directories that are awaited now are at rest. */
  void whenOver(Runnable action) {
    if (resting.isEmpty()) {
      action.run();
    } else {
      waiters.add(new Waiter(new HashSet<>(resting), action));
    }
  }

  private void await(ServiceProcess process, Runnable action, int waits) {
    boolean closed = process.isClosed();
    var age = closed ? null : process.directory().sinceLastEntry(loop.clock().wall());
    if (waits > 0 && age != null && age.compareTo(QUIET) < 0) {
      loop.timers().after(QUIET.minus(age), () -> await(process, action, waits - 1));
      return;
    }
    resting.remove(process);
    if (!closed && isHeld(process)) {
      stayDown(process);
    } else if (!closed) {
      action.run();
    }
    over(process);
  }

  private void over(ServiceProcess process) {
    waiters.forEach(waiter -> waiter.processes.remove(process));
    var done = waiters.stream().filter(waiter -> waiter.processes.isEmpty()).toList();
    waiters.removeAll(done);
    done.forEach(waiter -> waiter.action.run());
  }

  private static boolean isHeld(ServiceProcess process) {
    boolean uncommanded = process.state().wanted() == Wanted.UP && process.history().isUntouched();
    return uncommanded && process.directory().isDown();
  }

  /** Services that need this one may have read it before its down came. */
  private void stayDown(ServiceProcess process) {
    process.feed(new Event.Asked(Command.DOWN));
    if (!process.isLogger()) {
      process.afterwards(() -> dependencies.opened(process.service().node()));
    }
  }
}
