/* The logins that are counted. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Whether there are new ones, and any at all; the next one from *at on; their pidfds. */
struct pollfd;
bool scan_logins(int dir);
bool is_logged_in(void);
bool next_login(size_t *at, pid_t *pid, unsigned long long *start);
size_t login_count(void);
void login_fds(struct pollfd *fds);
void end_logins(int dir, const struct pollfd *fds);
