/* The line that tells a person what a command waits for. */
#pragma once

#include "line.h"

/* Waits for bytes of the daemon, for that long at most; meanwhile the line is shown on a terminal. */
void await_answer(const struct ask *ask, int fd, long most_ms);

/* Erases the line, before something else is printed. */
void erase_wait(void);
