/* The control socket. */
#pragma once

#include "request.h"

enum { NO_DAEMON = -1 };

/* The exit status; NO_DAEMON if nobody listens, and nothing was said about it. */
int exchange(const struct ask *ask, struct request request);

/* Which of its words the daemon has asked this program to execute, from 0; negative for none. */
int word_to_execute(void);
