/* A login and its end. Neither takes more than a second, whatever happens. */
#pragma once

#include "files.h"

/* An open PAM session: pid is the application; variable looks into the PAM environment. */
struct login {
	const char *user, *service;
	pid_t pid;
	const char *(*variable)(const struct login *login, const char *name);
	void *handle;
	const char *attendant;
	char entry[ENTRY_BYTES];
};

/* What `usersvc-attend admit` exits with; all else is no answer. */
enum { ADMITTED = 0, NOT_ADMITTED = 3 };

/* Whether the login is counted, and has a runtime directory that was made here. */
enum { NOT_COUNTED, COUNTED, COUNTED_WITH_RUNTIME };
int open_login(struct login *login, char runtime[ENTRY_BYTES]);
void close_login(struct login *login);
