package org.usersvc.daemon.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/**
 * The facts about one service, or about the logger of one, that doors show; read on each call. A
 * fact with a default is one that not every family has. <b>Loop thread only.</b>
 */
public interface ServiceView {
  /** {@code foot} or {@code foot/log}, native text. */
  String nativeName();

  /** The same, printable. */
  default String name() {
    return NativeText.printable(nativeName());
  }

  /** All names of the service now, native text. */
  default Set<String> names() {
    return Set.of(nativeName());
  }

  /** The first name of the service, also for its logger; native text. */
  default String serviceName() {
    return nativeName();
  }

  /** The path of its directory, native text; null if it has none or that has been removed. */
  default @Nullable String directory() {
    return null;
  }

  /** The absolute paths of the files that define it, if that is no directory; native text. */
  default List<String> definedIn() {
    return List.of();
  }

  /** The log service, null if it has none or is one. */
  default @Nullable ServiceView logger() {
    return null;
  }

  /** The id under which the built-in logger reads its output, null if it does not. */
  default @Nullable ServiceId loggedAs() {
    return null;
  }

  /** One word for its state. */
  String state();

  /** What it is to be: {@code up}, {@code down} or {@code exit}. */
  String wanted();

  /** What users have to know beyond its state, in a line; empty if nothing. */
  String why();

  /** Whether its dependents may run. */
  boolean isReady();

  /** Whether it is ready, and check has not said otherwise to those who have asked. */
  default boolean isFine() {
    return isReady();
  }

  /** Whether it is not supervised any more. */
  boolean isGone();

  /** The pid of its process, 0 if none lives. */
  int pid();

  default boolean lives() {
    return pid() != 0;
  }

  /** Its state in the words of sv: {@code run}, {@code down} or {@code finish}. */
  String stateOfSv();

  /** When its process was started, or went down. */
  Instant since();

  /** How long ago that was, however the wall clock was set. */
  Duration age();

  /** Whether it starts by itself. */
  boolean isNormallyUp();

  /** Whether its process lives, and was paused by command. */
  default boolean isPaused() {
    return false;
  }

  /** Whether its process was sent TERM by command. */
  boolean gotTerm();

  /** How often its process has ended unasked. */
  int deaths();

  /** How often its process has been started. */
  long starts();

  /** How its process ended last, null if it has not ended yet. */
  @Nullable ExitStatus lastExit();

  /** How long the last run that has ended had run; zero if none has. */
  default Duration ranFor() {
    return Duration.ZERO;
  }

  /** When its process was ordered last, before it could print; the epoch if that is not known. */
  default Instant started() {
    return Instant.EPOCH;
  }

  /** The processes that the run which ended last has left in the background, null if none. */
  default @Nullable String leftBehind() {
    return null;
  }

  /** The same, and what to do about it; empty if there are none. */
  default String background() {
    String left = leftBehind();
    return left == null
        ? ""
        : "left " + left + ": what run starts has to stay in the foreground, see usersvc verify";
  }

  /** How its process ended last and how often, for users who wait in vain; empty while it runs. */
  default String history() {
    var exit = lastExit();
    return exit == null || stateOfSv().equals("run")
        ? ""
        : "last run: " + exit.describe() + ", deaths: " + deaths();
  }

  /** The names of the services that it cannot be without. */
  default Set<String> needs() {
    return Set.of();
  }

  /** The names of further services whose start it only waits for. */
  default Set<String> follows() {
    return Set.of();
  }

  /** The variables that it needs. */
  default List<String> needed() {
    return List.of();
  }

  /** Those of them that are not set, as {@code A or B}. */
  default List<String> missing() {
    return List.of();
  }

  /** Whether it waits for a variable or a login, which a command cannot bring. */
  default boolean onlyWaits() {
    return false;
  }

  /** All needs that it waits for: {@code A or B}, {@code service foo}, {@code a login}. */
  default List<String> waitsFor() {
    return List.of();
  }

  /** Why it waits in vain until somebody changes the services, null if it does not. */
  default @Nullable String obstacle() {
    return null;
  }

  /** The environment of a process that starts now. */
  Environment environment();

  /** The environment of the process that was started last. */
  Environment environmentGiven();

  /** Why it could not be started last, null if it could. */
  default @Nullable String trouble() {
    return null;
  }

  /** Its own status text for people by sd_notify(3), native text; null if there is none. */
  default @Nullable String status() {
    return null;
  }

  /** The same, printable; empty if there is none. */
  default String statusText() {
    String text = status();
    return text == null ? "" : NativeText.printable(text);
  }

  /** The error that it has notified, null if none. */
  default @Nullable Integer errno() {
    return null;
  }

  /** {@code reloading} or {@code stopping} if it has notified that, else null. */
  default @Nullable String doing() {
    return null;
  }

  /** When the restart delay ends, null if none runs. */
  default @Nullable Duration untilRestart() {
    return null;
  }

  /** Whether it has failed, or ended too soon and waits for its next try. */
  default boolean isInTrouble() {
    return state().equals("failed") || state().equals("backoff");
  }

  /**
   * Its state in the words of systemctl: {@code active}, {@code reloading}, {@code activating},
   * {@code deactivating}, {@code failed} or {@code inactive}.
   */
  default String activeState() {
    if (state().equals("failed")) {
      return "failed";
    }
    if (isReady() && wanted().equals("up")) {
      return "reloading".equals(doing()) ? "reloading" : "active";
    }
    if (wanted().equals("up") && !state().equals("waiting")) {
      return "activating";
    }
    return lives() ? "deactivating" : "inactive";
  }

  /** Whether it starts at times of the clock, and is otherwise down. */
  default boolean isScheduled() {
    return false;
  }

  /** When it starts next by the clock, null if it does not. */
  default @Nullable Instant nextStart() {
    return null;
  }

  /** When one that starts by the clock was started last, null if it is not known to have been. */
  default @Nullable Instant lastStart() {
    return null;
  }

  /** {@code want up} or {@code want down} if it is not in its wanted state, else empty. */
  default String unmet() {
    boolean wantedUp = wanted().equals("up");
    return wantedUp == lives() ? "" : wantedUp ? "want up" : "want down";
  }

  /** The parts that say something, with commas between them; null and an empty text say nothing. */
  static String listed(@Nullable String... parts) {
    var listed = new StringJoiner(", "); // a list of many services is too slow with streams
    for (String part : parts) {
      if (part != null && !part.isEmpty()) {
        listed.add(part);
      }
    }
    return listed.toString();
  }
}
