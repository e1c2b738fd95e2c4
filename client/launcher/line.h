/* The command line: what it asks for. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A request has no room for more names than these. */
enum { REQUEST_BYTES = 1048576, ARGUMENTS = REQUEST_BYTES / 4 };

/* ExitStatus.java has the whole table. */
enum { USAGE = 100, UNREACHABLE = 111, NO_READER = 141 };

enum takes { NAMES_AND_WAIT, NAMES, NAMES_OR_ALL, DIRECTORY, SOME_WORDS, NAMED_WORDS, WORDS, NOTHING };

enum { WAIT, JSON, QUIET, SIGNAL, CHECK, LEADER, NAME, ALL, GRAPHICAL, SERVICE, SH, DOWN,
       DOT, NOW, FAILED, INSTANCE, COLOR, OPTIONS };

/* One that belongs to some verbs only is a field of the request. */
struct option {
	const char *word, *letter, *verbs;
	bool has_value;
};

extern const struct option ALL_OPTIONS[OPTIONS];

/*
 * verbatim: the answer is in other words than ours, and printed as it is; program is the name that this
 * program was called by; letters are svc's; no instance is ""; wait_ms is -1 for what does not wait;
 * usual_wait: nobody has said how long; painted: the answer shall have colours; given has the values of
 * options, "" for a flag, NULL for none.
 */
struct ask {
	const char *program, *verb, *letters, *instance;
	enum takes takes;
	long wait_ms;
	bool usual_wait, activates, verbatim, painted;
	const char *given[OPTIONS];
	size_t count;
	const char *names[ARGUMENTS];
	/* Takes each line of standard output in place of that; NULL: none does. */
	void (*each_line)(const char *text);
};

/* False for a line that is the Java client's. All of ask but its program is zero before. */
bool parse_line(struct ask *ask, int count, char **words);

/* Whether it is a name of systemd whose words the daemon reads. */
bool is_of_manager(const char *program);

bool is_called(const struct ask *ask, const char *program);
bool lists(const char *words, const char *word);
const char *setting(const char *name, const char *fallback);
