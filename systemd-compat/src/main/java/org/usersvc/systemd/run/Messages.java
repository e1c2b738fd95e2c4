package org.usersvc.systemd.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.UnitPlaces.Notifications;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.notify.Notification;
import org.usersvc.systemd.service.Notices;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.service.Progress;
import org.usersvc.systemd.service.ServiceEvent;
import org.usersvc.systemd.service.ServiceState;
import org.usersvc.systemd.unit.NotifySettings.Access;

/** The messages of one service, sd_notify(3): which count, and what they say. */
final class Messages {
  private final String unit;
  private final Workplace place;
  private final Service service;
  private @Nullable Notifications socket;
  private boolean complained;
  private String status = "";
  private int errno;
  private String busError = "";

  /** What messages are about. */
  interface Service {
    ServiceState state();

    Access access();

    /** Whether the service confirms a reload with the time of it. */
    boolean timesReloads();

    /** When the reload has begun, on the monotonic clock, in nanoseconds. */
    long reloadBegan();

    /** Whether a process is the service's; it is watched from now on. */
    boolean takes(int pid);

    /** The time between two signs of life is another; zero: none are expected. */
    void watchdogEvery(Duration time);

    void happens(ServiceEvent event);

    /** A text or number that doors show has changed. */
    void shown();
  }

  Messages(String unit, Workplace place, Service service) {
    this.unit = unit;
    this.place = place;
    this.service = service;
  }

  /** What the service said last by {@code STATUS=}. */
  String status() {
    return status;
  }

  /** What the service said last by {@code ERRNO=}. */
  int errno() {
    return errno;
  }

  /** What the service said last by {@code BUSERROR=}. */
  String busError() {
    return busError;
  }

  /**
   * Begins to listen, if the service may say something.
   *
   * @throws FileFault if that is impossible
   */
  void listen() throws FileFault {
    if (socket == null && service.access() != Access.NONE) {
      socket = place.mechanisms().places().notifications(unit, this::take);
    }
  }

  /** Goes on with what the service has said to an earlier daemon. */
  void resume(String text, int number, String error) {
    status = text;
    errno = number;
    busError = error;
  }

  /** A new run begins: forgets what was said in an earlier one. */
  void reset() {
    status = "";
    errno = 0;
    busError = "";
    complained = false;
  }

  /** The value of {@code NOTIFY_SOCKET}; null: the manager does not listen. */
  @Nullable String path() {
    return socket == null ? null : socket.path();
  }

  /** Stops listening. */
  void close() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  private void take(int sender, Notification message) {
    var accepted = Notices.isAccepted(service.access(), service.state(), sender);
    if (!accepted || service.state().phase() instanceof Phase.Down) {
      return;
    }
    complain(message);
    takeMain(message.mainPid());
    takeFacts(message);
    takeTiming(message);
    var phase = message.progress().phase();
    if (phase != null) {
      takeProgress(progress(phase), message.progress().monotonic());
    }
  }

  private void complain(Notification message) {
    if (!complained && !message.complaints().isEmpty()) {
      complained = true;
      place.warn().accept(unit + ": notify message: " + message.complaints().getFirst());
    }
  }

  private void takeMain(@Nullable Integer pid) {
    if (pid == null) {
      return;
    }
    if (service.takes(pid)) {
      service.happens(new ServiceEvent.MainFound(pid));
    } else {
      place.warn().accept(unit + ": MAINPID=" + pid + " is no process of it, ignoring it");
    }
  }

  private void takeFacts(Notification message) {
    var said = message.status();
    var number = message.errno();
    if (said != null) {
      status = said;
    }
    if (number != null) {
      errno = number;
    }
    var error = message.busError();
    if (error != null) {
      busError = error;
    }
    if (said != null || number != null || error != null) {
      service.shown();
    }
  }

  private void takeTiming(Notification message) {
    var every = message.watchdogEvery();
    if (every != null) {
      service.watchdogEvery(every);
    }
    var longer = message.extendTimeout();
    if (longer != null) {
      service.happens(new ServiceEvent.TimeoutExtended(longer));
    }
    var sign = message.watchdog();
    if (sign != null) {
      service.happens(
          switch (sign) {
            case PING -> new ServiceEvent.KeptAlive();
            case TRIGGER -> new ServiceEvent.WatchdogTriggered();
          });
    }
  }

  private static Progress progress(Notification.Phase phase) {
    return switch (phase) {
      case READY -> Progress.READY;
      case RELOADING -> Progress.RELOADING;
      case STOPPING -> Progress.STOPPING;
    };
  }

  /** A reload that was asked for by a signal counts as begun only if it is not an earlier one. */
  private void takeProgress(Progress progress, @Nullable Duration at) {
    boolean asked = service.timesReloads() && service.state().phase() instanceof Phase.ReloadSignal;
    boolean earlier = at == null || at.toNanos() < service.reloadBegan();
    if (progress != Progress.RELOADING || !asked || !earlier) {
      service.happens(new ServiceEvent.Notified(progress));
    }
  }
}
