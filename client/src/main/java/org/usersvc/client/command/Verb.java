package org.usersvc.client.command;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs of {@code usersvc}, in the order of the help. */
enum Verb {
  HELP("help", Operands.VERB, "show the help, or that of a verb"),
  UP("up", Operands.NAMES_AND_WAIT, "start, restart when it ends; wait until it is ready"),
  DOWN("down", Operands.NAMES_AND_WAIT, "stop (TERM, CONT) and leave stopped"),
  ONCE("once", Operands.NAMES_AND_WAIT, "start, do not restart when it ends"),
  RESTART("restart", Operands.NAMES_AND_WAIT, "TERM, CONT, then up"),
  TERM("term", Operands.NAMES_AND_WAIT, "send TERM; it is restarted if it is wanted up"),
  KILL("kill", Operands.NAMES_AND_WAIT, "send KILL, or the signal of -s"),
  EXIT("exit", Operands.NAMES_AND_WAIT, "stop, and end its supervision"),
  PAUSE("pause", Operands.NAMES, "send STOP"),
  CONT("cont", Operands.NAMES, "send CONT"),
  HUP("hup", Operands.NAMES, "send HUP"),
  ALARM("alarm", Operands.NAMES, "send ALRM"),
  INTERRUPT("interrupt", Operands.NAMES, "send INT"),
  QUIT("quit", Operands.NAMES, "send QUIT"),
  USR1("1", Operands.NAMES, "send USR1"),
  USR2("2", Operands.NAMES, "send USR2"),
  WAIT("wait", Operands.NAMES_AND_WAIT, "wait until it is ready, and ask for nothing"),
  STATUS("status", Operands.NAMES_OR_ALL, "show the state of services, of all if none is named"),
  SHOW("show", Operands.NAMES, "show a page about each: state, definition, processes, last lines"),
  IS_ACTIVE("is-active", Operands.NAMES, "print active, inactive, failed; exit 0 if one is active"),
  IS_FAILED("is-failed", Operands.NAMES, "the same; exit 0 if one has failed"),
  IS_ENABLED(
      "is-enabled", Operands.NAMES, "print whether they start by themselves; exit 0 if one does"),
  LIST("list", Operands.NOTHING, "show a table of all services"),
  TOP("top", Operands.NOTHING, "follow the services on a screen, with keys for the verbs"),
  LOG("log", Operands.NAMES_OR_ALL, "show the last lines of logs, merged by time, or follow them"),
  SCHEDULE("schedule", Operands.NAMES_OR_ALL, "show when services start by the clock"),
  TREE("tree", Operands.NOTHING, "show which services depend on which"),
  EVENTS("events", Operands.NAMES_OR_ALL, "print every change of state until interrupted"),
  RESCAN("rescan", Operands.NOTHING, "look for new and removed services now"),
  SWITCH("switch", Operands.DIRECTORY, "supervise another scan directory"),
  NEW("new", Operands.NEW_NAME, "make a service directory with a run"),
  EDIT("edit", Operands.FILE, "change a file of a service in your editor"),
  OVERRIDE("override", Operands.OVERRIDE, "put a file of your own above a definition"),
  CAT("cat", Operands.SHOWN, "show the files of services, and where they come from"),
  VERIFY("verify", Operands.UNITS, "find mistakes in service directories and units"),
  RUN("run", Operands.PROGRAM, "run a command as a service that is gone when it ends"),
  ENABLE(
      "enable",
      Operands.AVAILABLE_OR_ALL,
      "make services of available ones; list these if none is named"),
  DISABLE("disable", Operands.AVAILABLE, "remove services that enable has made"),
  MASK("mask", Operands.SHOWN, "keep definitions from being enabled"),
  UNMASK("unmask", Operands.SHOWN, "let masked definitions be enabled again"),
  SESSION("session", Operands.WORDS, "register a desktop session, list or end sessions"),
  ENV("env", Operands.WORDS, "show or change the environment of services"),
  LINGER("linger", Operands.LINGERER, "show or say whether services go on after the last logout"),
  DOCTOR(
      "doctor",
      Operands.USER,
      "find what is wrong with usersvcd, services or, with --login, its start"),
  ACTIVATE("activate", Operands.NOTHING, "for a bus: bring it to usersvcd, started if none runs"),
  STOP_DAEMON("stop-daemon", Operands.NOTHING, "end usersvcd with its services, and wait for that"),
  INSTANCES("instances", Operands.NOTHING, "list the usersvcd that run as this user"),
  REEXEC("reexec", Operands.NOTHING, "have usersvcd replace itself by the version installed now"),
  VERSION("version", Operands.NOTHING, "show the versions of the client and the running usersvcd"),
  START("start", Operands.NAMES_AND_WAIT, "as up"),
  STOP("stop", Operands.NAMES_AND_WAIT, "as down"),
  RELOAD("reload", Operands.NAMES_AND_WAIT, "as hup, and report"),
  TRY_RESTART("try-restart", Operands.NAMES_AND_WAIT, "as term, if it runs"),
  SHUTDOWN("shutdown", Operands.NAMES_AND_WAIT, "as exit"),
  CHECK("check", Operands.NAMES_AND_WAIT, "ask its check, if it runs and has one"),
  FORCE_STOP("force-stop", Operands.NAMES_AND_WAIT, "as stop; KILL when the wait is over"),
  FORCE_RELOAD("force-reload", Operands.NAMES_AND_WAIT, "as term; KILL when the wait is over"),
  FORCE_RESTART("force-restart", Operands.NAMES_AND_WAIT, "as restart; KILL when the wait is over"),
  FORCE_SHUTDOWN("force-shutdown", Operands.NAMES_AND_WAIT, "as exit; KILL when the wait is over");

  private static final Verb[] ALL = values();

  private final String word;
  private final Operands takes;
  private final String summary;

  Verb(String word, Operands takes, String summary) {
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

  /** Those of all, in the order of the help. */
  static List<String> words() {
    return Arrays.stream(ALL).map(Verb::word).toList();
  }

  String word() {
    return word;
  }

  Operands takes() {
    return takes;
  }

  String summary() {
    return summary;
  }

  /** Whether it waits without an option. */
  boolean waits() {
    return takes == Operands.NAMES_AND_WAIT;
  }
}
