/* Processes and deadlines, whatever they are for. */
#define _GNU_SOURCE
#include "process.h"
#include "files.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A child of its own session, with nothing but the three descriptors on /dev/null. */
pid_t fork_clean(void)
{
	sigset_t none;
	pid_t child = fork();
	if (child < 0)
		complain("cannot fork: %s", strerror(errno));
	if (child != 0)
		return child;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	close_others();
	return 0;
}

int open_process(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0U);
}

bool has_ended(int fd)
{
	struct pollfd one = {.fd = fd, .events = POLLIN};
	return poll(&one, 1, 0) > 0;
}

/* Of two times, 0 for never. */
long long earlier(long long one, long long other)
{
	return one && (one < other || !other) ? one : other;
}
