package org.usersvc.client.command;

import org.jspecify.annotations.Nullable;

/** The verbs of {@code usersvc}, in the order of the help. */
enum Verb {
  UP("up", Takes.NAMES_AND_WAIT, "start, restart when it ends; wait until it is ready"),
  DOWN("down", Takes.NAMES_AND_WAIT, "stop (TERM, CONT) and leave stopped"),
  ONCE("once", Takes.NAMES_AND_WAIT, "start, do not restart when it ends"),
  RESTART("restart", Takes.NAMES_AND_WAIT, "TERM, CONT, then up"),
  TERM("term", Takes.NAMES_AND_WAIT, "send TERM; it is restarted if it is wanted up"),
  KILL("kill", Takes.NAMES_AND_WAIT, "send KILL; it is restarted if it is wanted up"),
  EXIT("exit", Takes.NAMES_AND_WAIT, "stop, and end its supervision"),
  PAUSE("pause", Takes.NAMES, "send STOP"),
  CONT("cont", Takes.NAMES, "send CONT"),
  HUP("hup", Takes.NAMES, "send HUP"),
  ALARM("alarm", Takes.NAMES, "send ALRM"),
  INTERRUPT("interrupt", Takes.NAMES, "send INT"),
  QUIT("quit", Takes.NAMES, "send QUIT"),
  USR1("1", Takes.NAMES, "send USR1"),
  USR2("2", Takes.NAMES, "send USR2"),
  WAIT("wait", Takes.NAMES_AND_WAIT, "wait until it is ready, and ask for nothing"),
  STATUS("status", Takes.NAMES_OR_ALL, "show the state of services, of all if none is named"),
  LIST("list", Takes.NOTHING, "show a table of all services"),
  LOG("log", Takes.NAMES_OR_ALL, "show the last lines of logs, merged by time, or follow them"),
  TREE("tree", Takes.NOTHING, "show which services depend on which"),
  EVENTS("events", Takes.NAMES_OR_ALL, "print every change of state until interrupted"),
  RESCAN("rescan", Takes.NOTHING, "look for new and removed services now"),
  SWITCH("switch", Takes.DIRECTORY, "supervise another scan directory"),
  ENABLE("enable", Takes.AVAILABLE, "make services of available ones"),
  DISABLE("disable", Takes.AVAILABLE, "remove services that enable has made"),
  SESSION("session", Takes.WORDS, "register a desktop session, list or end sessions"),
  ENV("env", Takes.WORDS, "show or change the environment of services"),
  LINGER("linger", Takes.LINGERER, "show or say whether services go on after the last logout"),
  DOCTOR("doctor", Takes.USER, "with --login: examine what starts usersvcd at a login"),
  VERIFY("verify", Takes.UNITS, "find mistakes in unit files of systemd"),
  ACTIVATE("activate", Takes.NOTHING, "for a bus: bring it to usersvcd, started if none runs"),
  REEXEC("reexec", Takes.NOTHING, "have usersvcd replace itself by the version installed now"),
  VERSION("version", Takes.NOTHING, "show the version of the running usersvcd"),
  START("start", Takes.NAMES_AND_WAIT, "as up"),
  STOP("stop", Takes.NAMES_AND_WAIT, "as down"),
  RELOAD("reload", Takes.NAMES_AND_WAIT, "as hup, and report"),
  TRY_RESTART("try-restart", Takes.NAMES_AND_WAIT, "as term, if it runs"),
  SHUTDOWN("shutdown", Takes.NAMES_AND_WAIT, "as exit"),
  CHECK("check", Takes.NAMES_AND_WAIT, "wait for the state that is wanted already"),
  FORCE_STOP("force-stop", Takes.NAMES_AND_WAIT, "as stop; KILL when the wait is over"),
  FORCE_RELOAD("force-reload", Takes.NAMES_AND_WAIT, "as term; KILL when the wait is over"),
  FORCE_RESTART("force-restart", Takes.NAMES_AND_WAIT, "as restart; KILL when the wait is over"),
  FORCE_SHUTDOWN("force-shutdown", Takes.NAMES_AND_WAIT, "as exit; KILL when the wait is over");

  private static final Verb[] ALL = values();

  private final String word;
  private final Takes takes;
  private final String summary;

  Verb(String word, Takes takes, String summary) {
    this.word = word;
    this.takes = takes;
    this.summary = summary;
  }

  static @Nullable Verb of(String word) {
    for (Verb verb : ALL) {
      if (verb.word.equals(word)) {
        return verb;
      }
    }
    return null;
  }

  String word() {
    return word;
  }

  Takes takes() {
    return takes;
  }

  String summary() {
    return summary;
  }

  /** Whether it waits without an option. */
  boolean waits() {
    return takes == Takes.NAMES_AND_WAIT;
  }
}
