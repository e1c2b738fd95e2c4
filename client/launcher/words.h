/* The words of the command line. CompletionWordsTest makes this of the client's tables. */
#pragma once

#include <stdbool.h>

/* takes: the kind of its operands. */
struct word {
	const char *word, *takes, *meaning;
};

/* No verbs: it goes with all. */
struct option_word {
	const char *word, *letter, *verbs;
	bool has_value;
	const char *meaning;
};

struct sub_verb {
	const char *verb, *word, *meaning;
};

static const struct word VERB_WORDS[] = {
	{"help", "VERB", "show the help, or that of a verb"},
	{"up", "NAMES_AND_WAIT", "start, restart when it ends; wait until it is ready"},
	{"down", "NAMES_AND_WAIT", "stop (TERM, CONT) and leave stopped"},
	{"once", "NAMES_AND_WAIT", "start, do not restart when it ends"},
	{"restart", "NAMES_AND_WAIT", "TERM, CONT, then up"},
	{"term", "NAMES_AND_WAIT", "send TERM; it is restarted if it is wanted up"},
	{"kill", "NAMES_AND_WAIT", "send KILL, or the signal of -s"},
	{"exit", "NAMES_AND_WAIT", "stop, and end its supervision"},
	{"pause", "NAMES", "send STOP"},
	{"cont", "NAMES", "send CONT"},
	{"hup", "NAMES", "send HUP"},
	{"alarm", "NAMES", "send ALRM"},
	{"interrupt", "NAMES", "send INT"},
	{"quit", "NAMES", "send QUIT"},
	{"1", "NAMES", "send USR1"},
	{"2", "NAMES", "send USR2"},
	{"wait", "NAMES_AND_WAIT", "wait until it is ready, and ask for nothing"},
	{"status", "NAMES_OR_ALL", "show the state of services, of all if none is named"},
	{"show", "NAMES", "show a page about each: state, definition, processes, last lines"},
	{"is-active", "NAMES", "print active, inactive, failed; exit 0 if one is active"},
	{"is-failed", "NAMES", "the same; exit 0 if one has failed"},
	{"is-enabled", "NAMES", "print whether they start by themselves; exit 0 if one does"},
	{"list", "NOTHING", "show a table of all services"},
	{"top", "NOTHING", "follow the services on a screen, with keys for the verbs"},
	{"log", "NAMES_OR_ALL", "show the last lines of logs, merged by time, or follow them"},
	{"schedule", "NAMES_OR_ALL", "show when services start by the clock"},
	{"tree", "NOTHING", "show which services depend on which"},
	{"events", "NAMES_OR_ALL", "print every change of state until interrupted"},
	{"rescan", "NOTHING", "look for new and removed services now"},
	{"switch", "DIRECTORY", "supervise another scan directory"},
	{"new", "NEW_NAME", "make a service directory with a run"},
	{"edit", "FILE", "change a file of a service in your editor"},
	{"override", "OVERRIDE", "put a file of your own above a definition"},
	{"cat", "SHOWN", "show the files of services, and where they come from"},
	{"verify", "UNITS", "find mistakes in service directories and units"},
	{"run", "PROGRAM", "run a command as a service that is gone when it ends"},
	{"enable", "AVAILABLE_OR_ALL", "make services of available ones; list these if none is named"},
	{"disable", "AVAILABLE", "remove services that enable has made"},
	{"mask", "SHOWN", "keep definitions from being enabled"},
	{"unmask", "SHOWN", "let masked definitions be enabled again"},
	{"session", "WORDS", "register a desktop session, list or end sessions"},
	{"env", "WORDS", "show or change the environment of services"},
	{"linger", "LINGERER", "show or say whether services go on after the last logout"},
	{"doctor", "USER", "find what is wrong with usersvcd, services or, with --login, its start"},
	{"activate", "NOTHING", "for a bus: bring it to usersvcd, started if none runs"},
	{"stop-daemon", "NOTHING", "end usersvcd with its services, and wait for that"},
	{"instances", "NOTHING", "list the usersvcd that run as this user"},
	{"reexec", "NOTHING", "have usersvcd replace itself by the version installed now"},
	{"version", "NOTHING", "show the versions of the client and the running usersvcd"},
	{"start", "NAMES_AND_WAIT", "as up"},
	{"stop", "NAMES_AND_WAIT", "as down"},
	{"reload", "NAMES_AND_WAIT", "as hup, and report"},
	{"try-restart", "NAMES_AND_WAIT", "as term, if it runs"},
	{"shutdown", "NAMES_AND_WAIT", "as exit"},
	{"check", "NAMES_AND_WAIT", "ask its check, if it runs and has one"},
	{"force-stop", "NAMES_AND_WAIT", "as stop; KILL when the wait is over"},
	{"force-reload", "NAMES_AND_WAIT", "as term; KILL when the wait is over"},
	{"force-restart", "NAMES_AND_WAIT", "as restart; KILL when the wait is over"},
	{"force-shutdown", "NAMES_AND_WAIT", "as exit; KILL when the wait is over"},
	{0, 0, 0},
};

static const struct option_word OPTION_WORDS[] = {
	{"-w", 0, " up down once restart term kill exit wait enable disable stop-daemon start stop reload try-restart shutdown check force-stop force-reload force-restart force-shutdown ", true, "wait so long, 0 to 86400 (default: SVWAIT, else 7)"},
	{"--json", 0, 0, false, "print JSON documents, one a line"},
	{"-q", 0, 0, false, "print nothing on standard output"},
	{"--signal", "-s", " kill ", true, "kill: send this signal, such as HUP, in place of KILL"},
	{"--check", 0, " status ", false, "exit 3 if one of the services is not running"},
	{"--leader", 0, " session ", true, "session register: the process whose end ends the session (default: the one that listens on WAYLAND_DISPLAY or DISPLAY, else the nearest ancestor)"},
	{"--name", 0, " run session ", true, "session register: what the session is called; run: the service"},
	{"--exec", 0, " new ", true, "new: the command line that run executes"},
	{"--log", 0, " new ", false, "new: a log service of its own, with svlogd"},
	{"--oneshot", 0, " new ", false, "new: it runs to its end, and counts as up then"},
	{"--every", 0, " new ", true, "new: start it so often, such as 15min, 1h, 1d"},
	{"--all", 0, " list session ", false, "list: all units, too; session register: all variables of this process"},
	{"--graphical", 0, " new session ", false, "session register: start graphical-session.target, too; new: it waits for a desktop"},
	{"--service", 0, " env ", true, "env: what this service is started with"},
	{"--sh", 0, " env ", false, "env: print it as assignments for a shell"},
	{"--down", 0, " wait ", false, "wait: until it is down"},
	{"--dot", 0, " tree ", false, "tree: as input of graphviz"},
	{"--wait", 0, " run ", false, "run: wait for its end, and exit with its status"},
	{"--remove", 0, " override ", false, "override: remove the file"},
	{"--now", 0, " enable disable ", false, "enable: wait until it is ready; disable: until it has stopped"},
	{"--failed", 0, " list ", false, "list: only services that have failed, or fail again and again"},
	{"--follow", "-f", " log ", false, "log: go on with what is added, until interrupted"},
	{"--lines", "-n", " log ", true, "log: the last N lines, or all (default: 100, with -f 10)"},
	{"--since", 0, " log ", true, "log: from then on: 10m, '2 hours ago', yesterday, 17:00, 2026-11-23, '2026-11-23 17:00'"},
	{"--until", 0, " log ", true, "log: up to this time"},
	{"--grep", 0, " log ", true, "log: only lines in which this is found, a pattern of Java"},
	{"--reverse", "-r", " log ", false, "log: the newest line first"},
	{"--unit", "-u", " log ", true, "log: of this service, as if it stood behind log"},
	{"--pager-end", "-e", " log ", false, "log: the last 1000 lines"},
	{"--output", "-o", " log ", true, "log: short, cat (only messages) or json"},
	{"--raw", 0, " log ", false, "log: leave control characters as they are on a terminal"},
	{"--login", 0, " doctor ", false, "doctor: what starts usersvcd at a login"},
	{"--instance", 0, 0, true, "ask this instance (default: USERSVC_INSTANCE)"},
	{"--color", 0, 0, true, "auto (on a terminal, without NO_COLOR), always or never"},
	{"--help", "-h", 0, false, "show this help; after a verb: its help"},
	{"--version", "-V", 0, false, "show the version of this client"},
	{0, 0, 0, 0, 0},
};

static const struct sub_verb SUB_VERBS[] = {
	{"session", "register", "bring variables to the services, until the leader of the session ends; the usual ones (DISPLAY, WAYLAND_DISPLAY, ...) and those that are named"},
	{"session", "list", "show a table of the sessions"},
	{"session", "show", "show a session and its variables"},
	{"session", "unregister", "end a session and take its variables away"},
	{"env", "set", "set variables"},
	{"env", "unset", "unset variables"},
	{"env", "import", "set variables as this process has them"},
	{"env", "sources", "show where each variable comes from"},
	{"env", "diff", "show what a restart of the service would change for it"},
	{0, 0, 0},
};
