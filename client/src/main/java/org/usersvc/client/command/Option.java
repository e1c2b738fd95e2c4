package org.usersvc.client.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code usersvc}, in the order of the help. */
enum Option {
  WAIT("-w", null, "SECONDS", "wait so long, 0 to 86400 (default: SVWAIT, else 7)"),
  JSON("--json", null, null, "print JSON documents, one a line"),
  QUIET("-q", null, null, "print nothing on standard output"),
  SIGNAL("--signal", "-s", "SIGNAL", "kill: send this signal, such as HUP, in place of KILL"),
  CHECK("--check", null, null, "exit 3 if one of the services is not running"),
  LEADER(
      "--leader",
      null,
      "PID",
      "session register: the process whose end ends the session (default: the one that listens"
          + " on WAYLAND_DISPLAY or DISPLAY, else the nearest ancestor)"),
  NAME("--name", null, "NAME", "session register: what the session is called; run: the service"),
  EXEC("--exec", null, "CMD", "new: the command line that run executes"),
  OWN_LOG("--log", null, null, "new: a log service of its own, with svlogd"),
  ONESHOT("--oneshot", null, null, "new: it runs to its end, and counts as up then"),
  EVERY("--every", null, "TIME", "new: start it so often, such as 15min, 1h, 1d"),
  ALL("--all", null, null, "list: all units, too; session register: all variables of this process"),
  GRAPHICAL(
      "--graphical",
      null,
      null,
      "session register: start graphical-session.target, too; new: it waits for a desktop"),
  SERVICE("--service", null, "NAME", "env: what this service is started with"),
  SH("--sh", null, null, "env: print it as assignments for a shell"),
  DOWN("--down", null, null, "wait: until it is down"),
  DOT("--dot", null, null, "tree: as input of graphviz"),
  UNTIL_END("--wait", null, null, "run: wait for its end, and exit with its status"),
  REMOVE("--remove", null, null, "override: remove the file"),
  NOW("--now", null, null, "enable: wait until it is ready; disable: until it has stopped"),
  FAILED("--failed", null, null, "list: only services that have failed, or fail again and again"),
  FOLLOW("--follow", "-f", null, "log: go on with what is added, until interrupted"),
  LINES("--lines", "-n", "N", "log: the last N lines, or all (default: 100, with -f 10)"),
  SINCE(
      "--since",
      null,
      "TIME",
      "log: from then on: 10m, '2 hours ago', yesterday, 17:00, 2026-11-23, '2026-11-23 17:00'"),
  UNTIL("--until", null, "TIME", "log: up to this time"),
  GREP("--grep", null, "REGEX", "log: only lines in which this is found, a pattern of Java"),
  REVERSE("--reverse", "-r", null, "log: the newest line first"),
  UNIT("--unit", "-u", "NAME", "log: of this service, as if it stood behind log"),
  LAST("--pager-end", "-e", null, "log: the last 1000 lines"),
  OUTPUT("--output", "-o", "FORM", "log: short, cat (only messages) or json"),
  RAW("--raw", null, null, "log: leave control characters as they are on a terminal"),
  LOGIN("--login", null, null, "doctor: what starts usersvcd at a login"),
  INSTANCE("--instance", null, "NAME", "ask this instance (default: USERSVC_INSTANCE)"),
  COLOR("--color", null, "WHEN", "auto (on a terminal, without NO_COLOR), always or never"),
  HELP("--help", "-h", null, "show this help; after a verb: its help"),
  VERSION("--version", "-V", null, "show the version of this client");

  private final String word;
  private final @Nullable String shortWord;
  private final @Nullable String value;
  private final String description;

  Option(String word, @Nullable String shortWord, @Nullable String value, String description) {
    this.word = word;
    this.shortWord = shortWord;
    this.value = value;
    this.description = description;
  }

  String word() {
    return word;
  }

  /** Whether it has an effect on {@code verb}. */
  boolean concerns(Verb verb) {
    return switch (this) {
      case WAIT -> verb.waits() || verb == Verb.STOP_DAEMON || NOW.concerns(verb);
      case SIGNAL -> verb == Verb.KILL;
      case CHECK -> verb == Verb.STATUS;
      case FAILED -> verb == Verb.LIST;
      case LEADER -> verb == Verb.SESSION;
      case ALL -> verb == Verb.SESSION || verb == Verb.LIST;
      case NAME -> verb == Verb.SESSION || verb == Verb.RUN;
      case UNTIL_END -> verb == Verb.RUN;
      case GRAPHICAL -> verb == Verb.SESSION || verb == Verb.NEW;
      case REMOVE -> verb == Verb.OVERRIDE;
      case EXEC, OWN_LOG, ONESHOT, EVERY -> verb == Verb.NEW;
      case SERVICE, SH -> verb == Verb.ENV;
      case DOWN -> verb == Verb.WAIT;
      case DOT -> verb == Verb.TREE;
      case NOW -> verb == Verb.ENABLE || verb == Verb.DISABLE;
      case FOLLOW, LINES, SINCE, UNTIL, GREP, REVERSE, UNIT, LAST, OUTPUT, RAW -> verb == Verb.LOG;
      case LOGIN -> verb == Verb.DOCTOR;
      case JSON, QUIET, INSTANCE, COLOR, HELP -> true;
      case VERSION -> false;
    };
  }

  /** Whether it belongs to some verbs only: the others refuse it. */
  boolean isPeculiar() {
    return switch (this) {
      case SIGNAL,
          CHECK,
          LEADER,
          NAME,
          ALL,
          GRAPHICAL,
          EXEC,
          REMOVE,
          UNTIL_END,
          OWN_LOG,
          ONESHOT,
          EVERY,
          SERVICE,
          SH,
          DOWN,
          DOT,
          NOW,
          FAILED,
          FOLLOW,
          LINES,
          SINCE,
          UNTIL,
          GREP,
          REVERSE,
          UNIT,
          LAST,
          OUTPUT,
          RAW,
          LOGIN ->
          true;
      case WAIT, JSON, QUIET, INSTANCE, COLOR, HELP, VERSION -> false;
    };
  }

  /** The name of its field in the request, if it has one. */
  String field() {
    return word.substring(2);
  }

  boolean hasValue() {
    return value != null;
  }

  /** The message about it after a verb that does not take it. */
  String misplaced(Verb verb) {
    String belongs =
        Arrays.stream(Verb.values())
            .filter(this::concerns)
            .map(Verb::word)
            .collect(Collectors.joining(" and "));
    return "option " + word + " belongs to " + belongs + ", not to " + verb.word();
  }

  OptionSpec spec() {
    OptionSpec.Builder spec =
        shortWord == null ? OptionSpec.builder(word) : OptionSpec.builder(shortWord, word);
    spec.description(description);
    return value == null
        ? spec.type(boolean.class).build()
        : spec.type(String.class).paramLabel(value).build();
  }
}
