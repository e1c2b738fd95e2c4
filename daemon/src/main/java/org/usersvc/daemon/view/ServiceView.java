package org.usersvc.daemon.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.Said;
import org.usersvc.daemon.supervise.Supervised;

/**
 * The facts about one process, a service's run or its logger, that doors show; read on each call.
 * <b>Loop thread only.</b>
 */
public record ServiceView(Supervised process) {
  /** {@code foot} or {@code foot/log}, printable. */
  public String name() {
    return process.name();
  }

  public String nativeName() {
    return process.nativeName();
  }

  /** The path of its directory, native text; null if it has been removed. */
  public @Nullable String directory() {
    return process.directoryPath();
  }

  /** The log service, null if it has none or is one. */
  public @Nullable ServiceView logger() {
    var logger = process.isLogger() ? null : process.logger();
    return logger == null ? null : new ServiceView(logger);
  }

  /** The word of {@link Phase#word}. */
  public String state() {
    return phase().word();
  }

  /** The word of {@link Wanted#word}. */
  public String wanted() {
    return process.state().wanted().word();
  }

  /** Whether its dependents may run. */
  public boolean isReady() {
    return phase().isUp();
  }

  /** Whether it is not supervised any more. */
  public boolean isGone() {
    return phase() instanceof Phase.Gone;
  }

  /** The pid of run or finish, 0 if neither lives. */
  public int pid() {
    return phase().pidOrZero();
  }

  public boolean lives() {
    return pid() != 0;
  }

  /** Its state in the words of sv: {@code run}, {@code down} or {@code finish}. */
  public String stateOfSv() {
    return process.status().shown().name().toLowerCase(Locale.ROOT);
  }

  public Instant since() {
    return process.history().since();
  }

  /** How long ago that was, however the wall clock was set. */
  public Duration age() {
    return process.history().age();
  }

  /** Whether it starts by itself. */
  public boolean isNormallyUp() {
    return process.isNormallyUp();
  }

  /** Whether run was paused by command. */
  public boolean isPaused() {
    return process.state().paused();
  }

  public boolean gotTerm() {
    return process.status().termSent();
  }

  public int deaths() {
    return process.history().deaths();
  }

  public long starts() {
    return process.history().starts();
  }

  /** How run ended last, null if it has not ended yet. */
  public @Nullable ExitStatus lastExit() {
    return process.history().lastExit();
  }

  /** The variables that it needs. */
  public List<String> needed() {
    return process.neededNames();
  }

  /** Those of them that are not set, as {@code A or B}. */
  public List<String> missing() {
    return process.missingVariables();
  }

  /** All needs that it waits for: {@code A or B}, {@code service foo}, {@code a login}. */
  public List<String> waitsFor() {
    return process.missing();
  }

  /** Why run could not be started last, null if it could. */
  public @Nullable String trouble() {
    return process.history().trouble();
  }

  /** The notifications of run. */
  public Said said() {
    return process.said();
  }

  /** Its own status text for people, printable; empty if there is none. */
  public String statusText() {
    String text = said().status();
    return text == null ? "" : NativeText.printable(text);
  }

  /** When the restart delay ends, null if none runs. */
  public @Nullable Duration untilRestart() {
    return process.untilRestart();
  }

  /** {@code want up} or {@code want down} if it is not in its wanted state, else empty. */
  public String unmet() {
    boolean wantedUp = process.state().wanted() == Wanted.UP;
    return wantedUp == lives() ? "" : wantedUp ? "want up" : "want down";
  }

  /** What users have to know beyond its state, in a line; empty if nothing. */
  public String why() {
    return switch (phase()) {
      case Phase.Incomplete _ -> "no run yet";
      case Phase.Waiting _ -> "waits for " + String.join(", ", waitsFor());
      case Phase.BackingOff _, Phase.Settling _ -> nextStart();
      case Phase.Preparing _ -> "control/u runs";
      case Phase.Down down -> down.failed() ? listed("failed", trouble()) : "";
      case Phase.Running running -> progress(running);
      case Phase.Completed _ -> "done";
      case Phase.Starting _, Phase.FinishStarting _, Phase.Finishing _, Phase.Gone _ -> "";
    };
  }

  /** How the last run ended and how often, for users who wait in vain; empty while it runs. */
  public String history() {
    var exit = lastExit();
    return exit == null || phase() instanceof Phase.Running
        ? ""
        : "last run: " + exit.describe() + ", deaths: " + deaths();
  }

  private String nextStart() {
    var restart = untilRestart();
    return restart == null
        ? ""
        : listed("next start in " + restart.plusMillis(999).toSeconds() + "s", trouble());
  }

  private String progress(Phase.Running running) {
    String status = statusText();
    return listed(
        running.ready() ? null : "not ready yet",
        process.isHeldBack() ? "stops after what depends on it" : null,
        said().doing(),
        status.isEmpty() ? null : "says: " + status);
  }

  private static String listed(@Nullable String... parts) {
    return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
  }

  private Phase phase() {
    return process.state().phase();
  }
}
