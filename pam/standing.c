/* What a process has of its own, and not of whoever happened to log in first. */
#define _GNU_SOURCE
#include "standing.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { JOIN_SESSION_KEYRING = 1, LINK = 8, USER_KEYRING = -4, SESSION_KEYRING = -3 };
enum { INIT = 1, OF_PROCESS = 1, SLACK_NS = 50000 };

/* All of root, nothing of whoever has started the program: su's real user, sshd's protection. */
void become_root(void)
{
	if (setgroups(0, NULL) || setresgid(0, 0, 0) || setresuid(0, 0, 0))
		_exit(0);
	umask(022);
}

/* Where that is possible. */
static void write_word(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	(void)!write(fd, word, strlen(word));
	close(fd);
}

/* Else elogind would take this process for one of the session, and end it with that. */
void leave_session(void)
{
	write_word("/proc/self/oom_score_adj", "0");
	write_word("/sys/fs/cgroup/cgroup.procs", "0");
	write_word("/sys/fs/cgroup/unified/cgroup.procs", "0");
	write_word("/sys/fs/cgroup/elogind/cgroup.procs", "0");
}

/* The limits of the system, which are those of process 1. */
static void take_limits(void)
{
	struct rlimit limit;
	for (int i = 0; i < RLIM_NLIMITS; i++)
		if (prlimit(INIT, i, NULL, &limit) == 0)
			prlimit(0, i, &limit, NULL);
}

/* Those that are permitted stay; a program that is executed inherits none of them. */
static void inherit_no_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capget, &header, data))
		return;
	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
		data[i].inheritable = 0;
	syscall(SYS_capset, &header, data);
}

void take_system_defaults(void)
{
	cpu_set_t all;
	memset(&all, 0xff, sizeof all);
	sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){0});
	setpriority(PRIO_PROCESS, 0, 0);
	sched_setaffinity(0, sizeof all, &all);
	syscall(SYS_ioprio_set, OF_PROCESS, 0, 0);
	prctl(PR_SET_TIMERSLACK, SLACK_NS);
	personality(PER_LINUX);
	take_limits();
	inherit_no_capabilities();
	take_keyring();
}

/*
 * A new session keyring: that of the login is revoked at its end, and may be root's own. Keys of root's are in
 * none that a process of the user's could have.
 */
void take_keyring(void)
{
	if (syscall(SYS_keyctl, JOIN_SESSION_KEYRING, NULL) >= 0 && getuid() != 0)
		syscall(SYS_keyctl, LINK, USER_KEYRING, SESSION_KEYRING);
}
