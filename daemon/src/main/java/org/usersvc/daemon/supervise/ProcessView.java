package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.TimeSpan;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.order.LingerHold;
import org.usersvc.daemon.view.ServiceView;

/** A supervised process as doors show it. <b>Loop thread only.</b> */
record ProcessView(ServiceProcess process) implements ServiceView {
  @Override
  public String nativeName() {
    return process.nativeName();
  }

  @Override
  public Set<String> names() {
    return process.names();
  }

  @Override
  public String serviceName() {
    return process.serviceName();
  }

  @Override
  public @Nullable String directory() {
    return process.directoryPath();
  }

  @Override
  public @Nullable ServiceView logger() {
    var logger = process.isLogger() ? null : process.logger();
    return logger == null ? null : logger.view();
  }

  @Override
  public @Nullable ServiceId loggedAs() {
    return !process.isLogger() && process.service().isLoggedHere() ? process.serviceId() : null;
  }

  /** The word of {@link Phase#word}. */
  @Override
  public String state() {
    return phase().word();
  }

  /** The word of {@link Wanted#word}. */
  @Override
  public String wanted() {
    return process.state().wanted().word();
  }

  @Override
  public String why() {
    return switch (phase()) {
      case Phase.Incomplete _ -> "no run yet";
      case Phase.Waiting _ -> "waits for " + String.join(", ", waitsFor());
      case Phase.BackingOff _, Phase.Settling _ -> untilAgain();
      case Phase.Preparing _ -> "control/u runs";
      case Phase.Down down ->
          ServiceView.listed(
              down.failed() ? "failed" : "", down.failed() ? trouble() : "", background(), next());
      case Phase.Running running -> progress(running);
      case Phase.Completed _ -> "done";
      case Phase.Starting _, Phase.FinishStarting _, Phase.Finishing _, Phase.Gone _ -> "";
    };
  }

  private String untilAgain() {
    var restart = untilRestart();
    return restart == null
        ? ""
        : ServiceView.listed(
            "next start in " + restart.plusMillis(999).toSeconds() + "s", trouble(), background());
  }

  private @Nullable String next() {
    var next = nextStart();
    if (next == null) {
      return isScheduled() ? "no next start" : null;
    }
    long left = process.history().until(next).toSeconds();
    return left <= 0 ? "starts now" : "next start in " + span(left);
  }

  private static String span(long seconds) {
    long micros = seconds * TimeSpan.SECOND;
    long unit = seconds < 3600 ? 1 : seconds < 86_400 ? 60 : 3600;
    return new TimeSpan(micros - micros % (unit * TimeSpan.SECOND)).toString();
  }

  private String progress(Phase.Running running) {
    String status = statusText();
    return ServiceView.listed(
        running.ready() ? null : "not ready yet",
        process.parts().checks().trouble(),
        process.isHeldBack() ? "stops after what depends on it" : null,
        doing(),
        status.isEmpty() ? null : "says: " + status);
  }

  @Override
  public boolean isReady() {
    return phase().isUp();
  }

  @Override
  public boolean isFine() {
    return isReady() && process.parts().checks().isFine();
  }

  @Override
  public boolean isGone() {
    return phase() instanceof Phase.Gone;
  }

  /** The pid of run or finish. */
  @Override
  public int pid() {
    return phase().pidOrZero();
  }

  @Override
  public String stateOfSv() {
    return process.status().shown().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Instant since() {
    return process.history().since();
  }

  @Override
  public Duration age() {
    return process.history().age();
  }

  @Override
  public boolean isNormallyUp() {
    return !process.isClosed() && !process.directory().isDown();
  }

  @Override
  public boolean isPaused() {
    return phase() instanceof Phase.Running && process.state().paused();
  }

  @Override
  public boolean gotTerm() {
    return process.status().termSent();
  }

  @Override
  public int deaths() {
    return process.history().deaths();
  }

  @Override
  public long starts() {
    return process.history().starts();
  }

  @Override
  public Duration ranFor() {
    return process.history().lastRan();
  }

  @Override
  public Instant started() {
    return process.history().ordered();
  }

  @Override
  public @Nullable ExitStatus lastExit() {
    var exit = process.history().lastExit();
    return exit == null ? process.startTimes().lastExit() : exit;
  }

  @Override
  public Set<String> needs() {
    return process.parts().needs().ofServices().hard();
  }

  @Override
  public Set<String> follows() {
    return process.parts().needs().ofServices().soft();
  }

  @Override
  public List<String> needed() {
    return List.copyOf(process.parts().environment().needs().names());
  }

  @Override
  public List<String> missing() {
    return process.parts().environment().missing();
  }

  @Override
  public List<String> waitsFor() {
    return process.missing();
  }

  @Override
  public boolean onlyWaits() {
    boolean outside = !missing().isEmpty() || waitsFor().contains(LingerHold.AWAITED);
    return phase() instanceof Phase.Waiting && obstacle() == null && outside;
  }

  @Override
  public @Nullable String obstacle() {
    return phase() instanceof Phase.Waiting ? process.parts().needs().obstacle() : null;
  }

  @Override
  public Environment environment() {
    return process.parts().environment().now();
  }

  @Override
  public Environment environmentGiven() {
    return process.environmentGiven();
  }

  @Override
  public @Nullable String trouble() {
    return process.history().trouble();
  }

  @Override
  public @Nullable String leftBehind() {
    return process.history().leftBehind();
  }

  @Override
  public @Nullable String status() {
    return process.said().status();
  }

  @Override
  public @Nullable Integer errno() {
    return process.said().errno();
  }

  @Override
  public @Nullable String doing() {
    return process.said().doing();
  }

  @Override
  public boolean isScheduled() {
    return process.definition().isScheduled();
  }

  @Override
  public @Nullable Instant nextStart() {
    return process.startTimes().next();
  }

  @Override
  public @Nullable Instant lastStart() {
    var history = process.history();
    if (!isScheduled()) {
      return null;
    }
    return history.starts() > 0 ? history.started() : process.startTimes().last();
  }

  @Override
  public @Nullable Duration untilRestart() {
    return process.untilRestart();
  }

  private Phase phase() {
    return process.state().phase();
  }
}
