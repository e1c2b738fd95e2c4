/* Child processes of the attendant, and deadlines. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

pid_t fork_clean(void);
int open_process(pid_t pid);
bool has_ended(int fd);
long long earlier(long long one, long long other);
