/* What the parts of the launcher share: what the command line asks for, and how it is served. */
#ifndef USERSVC_H
#define USERSVC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A request has no room for more names than these. */
enum { REQUEST_BYTES = 1048576, ARGUMENTS = REQUEST_BYTES / 4 };

/* ExitStatus.java has the whole table. */
enum { USAGE = 100, UNREACHABLE = 111, NO_READER = 141 };

enum takes { NAMES_AND_WAIT, NAMES, NAMES_OR_ALL, DIRECTORY, SOME_WORDS, WORDS, NOTHING };

enum { WAIT, JSON, QUIET, CHECK, LEADER, NAME, ALL, SERVICE, SH, DOWN, DOT, NOW, INSTANCE, OPTIONS };

/* One that belongs to some verbs only is a field of the request; given: "" for a flag. */
struct option {
	const char *word, *verbs;
	bool has_value;
	const char *given;
};

/* What is asked for; letters are svc's; wait_ms is -1 for what does not wait; no instance is "". */
struct ask {
	const char *verb, *letters, *instance;
	enum takes takes;
	long wait_ms;
	bool activates;
	size_t count;
};

struct line {
	const char *bytes;
	size_t length;
};

/* usersvc.c */
extern struct ask ask;
extern const char *names[ARGUMENTS];
extern struct option options[OPTIONS];
extern const char *program;
bool lists(const char *words, const char *word);
const char *setting(const char *name, const char *fallback);
_Noreturn void hand_over(void);
_Noreturn void become_daemon(void);

/* text.c */
int decode(const unsigned char *s, unsigned *point);
void show(FILE *stream, const char *bytes, size_t length, bool terminal);

/* request.c */
struct line write_request(void);

/* control.c: the exit status of the request. */
int exchange(struct line request);

#endif
