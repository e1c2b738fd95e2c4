/*
 * usersvc-exec REPORT [NAME=VALUE ...] -- PROGRAM ARGV0 [ARGUMENT ...]: confines itself as the
 * words say, and becomes PROGRAM. A word is nice=N, umask=OCTAL, or a resource of setrlimit(2)
 * with its soft and hard limit, a number or "unlimited": nofile=1024:4096; oom=N for oom_score_adj;
 * io=CLASS:LEVEL for ioprio_set(2); sigpipe=ignore; pid=VARIABLE, which gets the pid of PROGRAM.
 * usersvcd checks the words before; posix_spawn(3), by which it starts programs, can do nothing of
 * this.
 *
 * What the kernel refuses is written to the descriptor REPORT, one struct report each, and the
 * nearest that can be had is used. If PROGRAM cannot be executed, that is the last report. REPORT
 * is closed when PROGRAM begins.
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In the byte order of the machine; usersvcd reads it as it is (ExecReport.java). */
struct report {
	int32_t word; /* counted from 0; -1: PROGRAM */
	int32_t error;
	int64_t soft; /* what is used instead; -1: unlimited */
	int64_t hard;
};

static const struct {
	const char *name;
	int resource;
} RESOURCES[] = {
	{"cpu", RLIMIT_CPU},       {"fsize", RLIMIT_FSIZE},           {"data", RLIMIT_DATA},
	{"stack", RLIMIT_STACK},   {"core", RLIMIT_CORE},             {"rss", RLIMIT_RSS},
	{"nproc", RLIMIT_NPROC},   {"nofile", RLIMIT_NOFILE},         {"memlock", RLIMIT_MEMLOCK},
	{"as", RLIMIT_AS},         {"locks", RLIMIT_LOCKS},           {"sigpending", RLIMIT_SIGPENDING},
	{"rtprio", RLIMIT_RTPRIO}, {"msgqueue", RLIMIT_MSGQUEUE},     {"rttime", RLIMIT_RTTIME},
};

#define IOPRIO_WHO_PROCESS 1
#define IOPRIO_CLASS_SHIFT 13

static int channel;
static void (*on_broken_pipe)(int);

static void report(int word, int error, int64_t soft, int64_t hard)
{
	struct report told = {word, error, soft, hard};

	while (write(channel, &told, sizeof told) < 0 && errno == EINTR)
		;
}

static rlim_t limit(const char *text)
{
	return strncmp(text, "unlimited", 9) == 0 ? RLIM_INFINITY : (rlim_t)strtoull(text, NULL, 10);
}

static rlim_t least(rlim_t one, rlim_t other)
{
	return one < other ? one : other;
}

/* RLIM_INFINITY is the highest number. */
static void set_limit(int word, int resource, const char *value)
{
	const char *colon = strchr(value, ':');
	struct rlimit wanted = {limit(value), limit(colon ? colon + 1 : value)};
	struct rlimit found;
	int error;

	if (setrlimit(resource, &wanted) == 0)
		return;
	error = errno;
	if (getrlimit(resource, &found) != 0) {
		report(word, error, 0, 0);
		return;
	}
	found.rlim_max = least(wanted.rlim_max, found.rlim_max);
	found.rlim_cur = least(wanted.rlim_cur, found.rlim_max);
	setrlimit(resource, &found);
	getrlimit(resource, &found);
	report(word, error, (int64_t)found.rlim_cur, (int64_t)found.rlim_max);
}

static void set_nice(int word, const char *value)
{
	int wanted = atoi(value);
	struct rlimit allowed;
	int error;

	if (setpriority(PRIO_PROCESS, 0, wanted) == 0)
		return;
	error = errno;
	if (getrlimit(RLIMIT_NICE, &allowed) == 0 && allowed.rlim_cur <= 40) {
		int best = 20 - (int)allowed.rlim_cur;

		if (best > wanted && best < getpriority(PRIO_PROCESS, 0))
			setpriority(PRIO_PROCESS, 0, best);
	}
	report(word, error, getpriority(PRIO_PROCESS, 0), 0);
}

static void set_oom(int word, const char *value)
{
	int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (file < 0 || write(file, value, strlen(value)) < 0)
		report(word, errno, 0, 0);
	if (file >= 0)
		close(file);
}

static void set_io(int word, const char *value)
{
	const char *colon = strchr(value, ':');
	int priority = atoi(value) << IOPRIO_CLASS_SHIFT | (colon ? atoi(colon + 1) : 0);

	if (syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, priority) != 0)
		report(word, errno, 0, 0);
}

static void set_pid(int word, const char *variable)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%d", (int)getpid());
	if (setenv(variable, digits, 1) != 0)
		report(word, errno, 0, 0);
}

/* Whether this word is no limit. */
static int heed_trait(int word, const char *text, const char *value)
{
	if (strncmp(text, "umask=", 6) == 0)
		umask((mode_t)strtoul(value, NULL, 8));
	else if (strncmp(text, "nice=", 5) == 0)
		set_nice(word, value);
	else if (strncmp(text, "oom=", 4) == 0)
		set_oom(word, value);
	else if (strncmp(text, "io=", 3) == 0)
		set_io(word, value);
	else if (strncmp(text, "pid=", 4) == 0)
		set_pid(word, value);
	else if (strcmp(text, "sigpipe=ignore") == 0)
		on_broken_pipe = SIG_IGN;
	else
		return 0;
	return 1;
}

static void heed(int word, const char *text)
{
	const char *value = strchr(text, '=');
	size_t length = value ? (size_t)(value - text) : strlen(text);

	value = value ? value + 1 : "";
	if (heed_trait(word, text, value))
		return;
	for (size_t i = 0; i < sizeof RESOURCES / sizeof *RESOURCES; i++)
		if (strlen(RESOURCES[i].name) == length && strncmp(RESOURCES[i].name, text, length) == 0) {
			set_limit(word, RESOURCES[i].resource, value);
			return;
		}
	report(word, EINVAL, 0, 0);
}

int main(int argc, char **argv)
{
	int at = 2;
	int error;

	if (argc < 5 || (channel = atoi(argv[1])) < 3) {
		fprintf(stderr, "usage: %s REPORT [NAME=VALUE ...] -- PROGRAM ARGV0 [ARGUMENT ...]\n", argv[0]);
		return 100;
	}
	fcntl(channel, F_SETFD, FD_CLOEXEC);
	on_broken_pipe = signal(SIGPIPE, SIG_IGN); /* usersvcd may end meanwhile */
	for (; at < argc && strcmp(argv[at], "--") != 0; at++)
		heed(at - 2, argv[at]);
	if (at + 2 >= argc)
		return 100;
	signal(SIGPIPE, on_broken_pipe);
	execv(argv[at + 1], argv + at + 2);
	error = errno;
	signal(SIGPIPE, SIG_IGN);
	report(-1, error, 0, 0);
	return 111;
}
