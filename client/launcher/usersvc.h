/* What the parts of the launcher share: what the command line asks for, and how it is served. */
#ifndef USERSVC_H
#define USERSVC_H

#include <stdbool.h>
#include <stddef.h>

enum { REQUEST_BYTES = 65536, ARGUMENTS = 32768 };

/* ExitStatus.java has the whole table. */
enum { USAGE = 100, UNREACHABLE = 111, NO_READER = 141 };

enum takes { NAMES_AND_WAIT, NAMES, NAMES_OR_ALL, DIRECTORY, NOTHING };

/* What is asked for; letters are svc's; wait_ms is for NAMES_AND_WAIT; no instance is "". */
struct ask {
	const char *verb, *letters, *instance;
	enum takes takes;
	long wait_ms;
	bool check, json, quiet;
	size_t count;
	const char *names[ARGUMENTS];
};

struct line {
	const char *bytes;
	size_t length;
};

/* usersvc.c */
extern struct ask ask;
extern const char *program;
const char *setting(const char *name, const char *fallback);
_Noreturn void hand_over(void);

/* request.c */
struct line write_request(void);

/* control.c: the exit status of the request. */
int exchange(struct line request);

#endif
