/* The names of programs of systemd that this program has, for machines without systemd. */
#pragma once

#include <stdbool.h>

/* Those that need no daemon. Their exit status; it does not come back if another program follows. */
bool is_alone(const char *program);
int run_alone(const char *program, int count, char **words);

/* Whether it is systemctl edit, which is a script. */
bool is_edit(const char *program, int count, char **words);
