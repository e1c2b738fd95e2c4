package org.usersvc.daemon.job;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.view.Goal;

/** What a client asks of a service, with sv's letters and sv's idea of done (sv.c). */
public enum Verb {
  UP("u", Goal.UP),
  DOWN("d", Goal.DOWN),
  ONCE("o", Goal.ONCE),
  EXIT("x", Goal.GONE),
  PAUSE("p", Goal.NONE),
  CONT("c", Goal.NONE),
  HUP("h", Goal.NONE),
  ALARM("a", Goal.NONE),
  INTERRUPT("i", Goal.NONE),
  QUIT("q", Goal.NONE),
  USR1("1", Goal.NONE),
  USR2("2", Goal.NONE),
  TERM("t", Goal.RESTARTED),
  KILL("k", Goal.RESTARTED),
  START("u", Goal.UP),
  STOP("d", Goal.DOWN),
  RESTART("tcu", Goal.RESTARTED),
  RELOAD("h", Goal.CHECKED),
  TRY_RESTART("tc", Goal.RESTARTED),
  SHUTDOWN("x", Goal.GONE),
  CHECK("", Goal.CHECKED),
  WAIT("", Goal.UP),
  WAIT_DOWN("", Goal.DOWN),
  FORCE_STOP("d", Goal.DOWN),
  FORCE_RELOAD("tc", Goal.RESTARTED),
  FORCE_RESTART("tcu", Goal.RESTARTED),
  FORCE_SHUTDOWN("x", Goal.GONE);

  private static final Verb[] ALL = values();

  private final String word;
  private final String letters;
  private final Goal goal;

  Verb(String letters, Goal goal) {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.word = name.startsWith("usr") ? name.substring(3) : name;
    this.letters = letters;
    this.goal = goal;
  }

  String letters() {
    return letters;
  }

  Goal goal() {
    return goal;
  }

  /** Whether the service is to run afterwards. */
  public boolean startsUp() {
    return goal == Goal.UP || goal == Goal.RESTARTED;
  }

  /** Whether run has to go on for a moment after it, if it gives no other sign. */
  boolean tries() {
    return switch (this) {
      case UP, START, RESTART, TRY_RESTART, RELOAD, FORCE_RELOAD, FORCE_RESTART -> true;
      case DOWN, ONCE, EXIT, PAUSE, CONT, HUP, ALARM, INTERRUPT, QUIT, USR1, USR2 -> false;
      case TERM, KILL, STOP, SHUTDOWN, CHECK, WAIT, WAIT_DOWN -> false;
      case FORCE_STOP, FORCE_SHUTDOWN -> false;
    };
  }

  /** Whether the process is killed if it has not ended in time. */
  boolean force() {
    return name().startsWith("FORCE");
  }

  /** The word that clients use: {@code try-restart}, {@code 1}. */
  public String word() {
    return word;
  }

  /** The verb for a word, null if there is none. */
  public static @Nullable Verb ofWord(String word) {
    for (var verb : ALL) {
      if (verb.word().equals(word)) {
        return verb;
      }
    }
    return null;
  }

  /** The verb that only sends that signal, null if there is none. */
  public static @Nullable Verb ofSignal(Signal signal) {
    for (var verb : ALL) {
      var commands = Command.ofLetters(verb.letters);
      if (commands.size() == 1 && commands.getFirst().signal() == signal) {
        return verb;
      }
    }
    return null;
  }
}
