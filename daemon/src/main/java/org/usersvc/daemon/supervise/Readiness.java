package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Promise;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.notify.Notification;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.platform.Fifo;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.servicedir.Definition;
import org.usersvc.daemon.view.Commanded;

/**
 * Finds out when run is ready, and whether it keeps its watchdog fed. A run that gives no sign is
 * ready at once. <b>Loop thread only.</b>
 */
final class Readiness {
  private final byte[] buffer = new byte[256];
  private final Owner owner;
  private final CheckRecord record;
  private final Platform platform;
  private final Agenda agenda;
  private @Nullable Fifo notification;
  private final Alarm deadline;
  private final Alarm watchdog;
  private final Alarm checkAgain;
  private Runnable endCheck = () -> {};
  private @Nullable Duration sign;
  private boolean notified;
  private int checks;
  private boolean unchecked;
  private boolean checking;

  Readiness(Owner owner, Platform platform, Agenda agenda, CheckRecord record) {
    this.owner = owner;
    this.agenda = agenda;
    this.record = record;
    this.platform = platform;
    var timers = platform.loop().timers();
    this.deadline = new Alarm(timers);
    this.watchdog = new Alarm(timers);
    this.checkAgain = new Alarm(timers);
  }

  /**
   * Opens the FIFO by which run notifies, before run is started.
   *
   * @return the descriptor that run gets, -1 for none
   */
  int prepare(Definition definition) throws FileFault {
    end();
    if (definition.readiness().descriptor() != 0) {
      Fifo.discard(platform, fifoName()); // discards notifications of an earlier run
    }
    return listen(definition);
  }

  private String fifoName() {
    return owner.keyText() + "-ready";
  }

  private int listen(Definition definition) throws FileFault {
    notified = false;
    if (definition.readiness().descriptor() == 0) {
      return -1;
    }
    notification = Fifo.open(platform, fifoName());
    platform.loop().onReadable(notification.descriptor(), this::read);
    return notification.descriptor();
  }

  /** Begins to wait for it; run has just been started. */
  void await(Definition definition) {
    sign = signOf(definition);
    var bound = definition.times().ready();
    if (notification == null && !definition.oneshot() && !definition.readiness().notifies()) {
      boolean asked = bound != null || owner.service().isNeeded();
      unchecked = owner.directory().hasCheck();
      if (!asked || !unchecked) {
        owner.feed(new Event.BecameReady());
        return;
      }
      unchecked = false;
      check();
    }
    if (bound != null) {
      deadline.set(bound, this::timeIsUp);
    }
  }

  private static @Nullable Duration signOf(Definition definition) {
    return definition.readiness().notifies() ? definition.times().watchdog() : null;
  }

  /** Continues with a run that an earlier daemon has started. */
  void resume(Definition definition, boolean ready) {
    if (ready) {
      notified = true;
      sign = signOf(definition);
      alive();
      return;
    }
    try {
      listen(definition);
    } catch (FileFault fault) {
      platform.messages().warn(owner.name() + ": " + fault.getMessage() + ", ignoring");
    }
    await(definition);
  }

  /** Adds the name of its FIFO, if it has one. */
  void namePipes(Set<String> names) {
    if (notification != null) {
      names.add(notification.name());
    }
  }

  private void timeIsUp() {
    breach(Promise.READINESS, "is not ready in time (see timeout-ready)");
  }

  private void read() {
    var fifo = notification;
    if (fifo == null) {
      return;
    }
    try {
      int length = platform.files().read(fifo.descriptor(), buffer);
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          ready();
          return;
        }
      }
    } catch (FileFault fault) {
      platform.messages().warn(owner.name() + ": " + fault.getMessage() + ", ignoring");
    }
  }

  /** run has notified that it is ready. */
  private void ready() {
    deadline.clear();
    closeFifo();
    notified = true;
    alive();
    owner.feed(new Event.BecameReady());
  }

  /** Takes a message of run by sd_notify(3). */
  void hear(Notification notification) {
    var every = notification.watchdogEvery();
    if (every != null) {
      sign = every.isZero() ? null : every;
      alive();
    }
    var more = notification.extendTimeout();
    if (more != null) {
      deadline.extend(more, this::timeIsUp);
    }
    if (notification.ready()) {
      ready();
    }
    if (notification.watchdog() == Notification.Watchdog.PING) {
      alive();
    } else if (notification.watchdog() == Notification.Watchdog.TRIGGER) {
      silent();
    }
  }

  private void check() {
    int asked = ++checks;
    endCheck = record.ask(fine -> checked(fine, asked));
  }

  /** Whether run counts as ready although its check has not run, as no client has asked for it. */
  boolean isUnchecked() {
    return unchecked;
  }

  /** Runs check once, unless it runs already; a success is reported as another readiness. */
  void checkOnce() {
    if (checking) {
      return;
    }
    checking = true;
    int asked = ++checks;
    endCheck = record.askAside(fine -> checkedOnce(fine, asked));
  }

  private void checkedOnce(boolean fine, int asked) {
    if (asked == checks) {
      checking = false;
      endCheck = () -> {};
      if (fine) {
        owner.feed(new Event.BecameReady());
      }
    }
  }

  private void checked(boolean fine, int asked) {
    if (asked != checks) {
      return; // run has ended meanwhile
    }
    endCheck = () -> {};
    if (fine) {
      ready();
    } else {
      checkAgain.set(Commanded.CHECK_AGAIN, this::check);
    }
  }

  /** run has fed its watchdog; the next time is due only once run is ready. */
  private void alive() {
    watchdog.clear();
    if (sign != null && notified) {
      watchdog.set(sign, this::silent);
    }
  }

  /** The watchdog has expired, or run has triggered it; an ending run need not feed it. */
  private void silent() {
    watchdog.clear();
    breach(Promise.LIFE, "gives no sign of life (watchdog)");
  }

  /** run has broken a promise; the state machine decides whether it is ended for that. */
  private void breach(Promise promise, String what) {
    agenda.add(
        Agenda.Stage.HAPPEN,
        () -> {
          boolean ending = owner.state().phase().isEnding();
          owner.take(new Event.PromiseBroken(promise));
          if (!ending && owner.state().phase().isEnding()) {
            platform.messages().warn(owner.name() + ": " + what + ", ending it");
          }
        });
  }

  /** run has ended: stops waiting for all signs. */
  void end() {
    record.runEnded();
    deadline.clear();
    watchdog.clear();
    checkAgain.clear();
    endCheck.run();
    endCheck = () -> {};
    checking = false;
    unchecked = false;
    checks++;
    closeFifo();
  }

  private void closeFifo() {
    if (notification != null) {
      platform.loop().forget(notification.descriptor());
      notification.remove();
      notification = null;
    }
  }
}
