/*
 * The user's service: the init system's, or usersvcd itself as a child. `started` is there while it
 * is up because of us; for usersvcd it holds pid and start time, for an attendant that comes later.
 */
#define _GNU_SOURCE
#include "attend.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define STARTED "started"
#define SYSTEM_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define USER_PATH "/usr/local/bin:/usr/bin:/bin"

enum { COMMAND_MS = 60000, STOP_MS = 30000, RETRY_MS = 1000, RETRY_MOST_MS = 60000, WORDS = 8 };

enum job { ASK, START, STOP, EMPTY };

/* The command that runs, if pid is not 0. */
static struct {
	enum job kind;
	pid_t pid;
	int fd;
	long long deadline;
} job = {.fd = -1};

/* usersvcd as it is run without an init system; at most one of the times is not 0. */
static struct {
	pid_t pid;
	int fd;
	long long since, retry_ms, retry_at, kill_at;
	bool said;
} direct = {.fd = -1};

static enum init init;
static char place[PLACE_BYTES];
static bool ours, foreign;

static const char *const RUNIT_PLACES[] = {"/run/runit/service", "/var/service", "/service",
					   "/etc/service", NULL};
static const char *const S6_PLACES[] = {"/run/service", "/run/s6-rc/servicedirs", NULL};

/* The service as the init system knows it, in place; whether it knows one. */
static bool find_service(const char *format, const char *directory)
{
	snprintf(place, sizeof place, format, directory, account.name);
	return access(place, F_OK) == 0;
}

static bool find_among(const char *const *directories)
{
	for (; *directories; directories++)
		if (find_service("%s/usersvc.%s", *directories))
			return true;
	return false;
}

static bool is_known_to(enum init which)
{
	switch (which) {
	case OPENRC:
		return find_service("%s/usersvc.%s", "/etc/init.d");
	case RUNIT:
		return find_among(RUNIT_PLACES);
	case S6:
		return find_among(S6_PLACES);
	case DINIT:
		return find_service("%s/usersvc-%s", "/etc/dinit.d") ||
		       (access("/etc/dinit.d/usersvc", F_OK) == 0 &&
			snprintf(place, sizeof place, "/etc/dinit.d/usersvc@%s", account.name) > 0);
	case AUTO:
	case DIRECT:
		break;
	}
	return which == DIRECT;
}

static bool find_init(void)
{
	for (init = OPENRC; init <= DIRECT; init++)
		if ((config.init == AUTO || config.init == init) && is_known_to(init))
			return true;
	complain("init=openrc, runit, s6 or dinit in pam.conf, but there is no service usersvc.%s; "
		 "make it, or choose init=direct",
		 account.name);
	return false;
}

/* The words of a command of the init system. */
static void word_command(enum job kind, const char *words[WORDS])
{
	const char *name = strrchr(place, '/') + 1;
	const char *openrc[] = {"rc-service", name, "status", NULL};
	const char *runit[] = {"sv", "up", place, NULL};
	const char *runit_stop[] = {"sv", "-w", "30", "force-stop", place, NULL};
	const char *s6[] = {"s6-svwait", "-u", "-t", "1", place, NULL};
	const char *s6_start[] = {"s6-svc", "-u", place, NULL};
	const char *s6_stop[] = {"s6-svc", "-wD", "-T", "30000", "-d", place, NULL};
	const char *dinit[] = {"dinitctl", "is-started", name, NULL};
	const char **chosen = openrc;
	openrc[2] = kind == ASK ? "status" : kind == START ? "start" : "stop";
	dinit[1] = kind == ASK ? "is-started" : kind == START ? "start" : "stop";
	if (init == RUNIT)
		chosen = kind == STOP ? runit_stop : runit;
	if (init == S6)
		chosen = kind == ASK ? s6 : kind == START ? s6_start : s6_stop;
	if (init == DINIT)
		chosen = dinit;
	int i = 0;
	for (; chosen[i]; i++)
		words[i] = chosen[i];
	words[i] = NULL;
}

/* A child of its own session, with nothing but the three descriptors on /dev/null. */
static pid_t fork_clean(void)
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

static int open_process(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0U);
}

static bool has_ended(int fd)
{
	struct pollfd one = {.fd = fd, .events = POLLIN};
	return poll(&one, 1, 0) > 0;
}

static bool run_job(enum job kind)
{
	const char *words[WORDS];
	char *environment[] = {"PATH=" SYSTEM_PATH, "LANG=C", NULL};
	pid_t child = fork_clean();
	if (child == 0) {
		if (kind == EMPTY)
			empty_runtime(&account);
		word_command(kind, words);
		setenv("PATH", SYSTEM_PATH, 1);
		execvpe(words[0], (char **)words, environment);
		_exit(127);
	}
	if (child < 0)
		return false;
	job.kind = kind;
	job.pid = child;
	job.fd = open_process(child);
	job.deadline = now_ms() + COMMAND_MS;
	return true;
}

static void mark_started(const char *text)
{
	ours = true;
	put_file(logins, STARTED, text);
}

static void mark_stopped(void)
{
	ours = false;
	unlinkat(logins, STARTED, 0);
}

/* What usersvcd says, for its user, whose directory it is. */
static void open_output(const char *runtime)
{
	char path[PLACE_BYTES];
	int flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	snprintf(path, sizeof path, "%s/usersvcd.log", runtime);
	int fd = open(path, flags | (direct.said ? 0 : O_TRUNC), 0600);
	if (fd < 0)
		return;
	fcntl(fd, F_SETFL, O_APPEND);
	dup2(fd, 1);
	dup2(fd, 2);
}

static const char *path_of_usersvcd(void)
{
	static char path[PATH_MAX + 32];
	if (*config.usersvcd)
		return config.usersvcd;
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
	path[length > 0 ? length : 0] = 0;
	for (int i = 0; i < 3; i++) { /* PREFIX/lib/usersvc/usersvc-attend */
		char *slash = strrchr(path, '/');
		if (slash)
			*slash = 0;
	}
	return strcat(path, "/bin/usersvcd");
}

static _Noreturn void be_usersvcd(void)
{
	static char variables[7][PLACE_BYTES];
	char *environment[8] = {NULL}, usual[ENTRY_BYTES];
	const char *runtime = getenv("XDG_RUNTIME_DIR"), *language = getenv("LANG");
	const char *program = path_of_usersvcd();
	int count = 6;
	if (!runtime) {
		runtime_path(account.uid, usual);
		runtime = usual;
	}
	snprintf(variables[0], PLACE_BYTES, "USER=%s", account.name);
	snprintf(variables[1], PLACE_BYTES, "LOGNAME=%s", account.name);
	snprintf(variables[2], PLACE_BYTES, "HOME=%s", account.home);
	snprintf(variables[3], PLACE_BYTES, "SHELL=%s", account.shell);
	snprintf(variables[4], PLACE_BYTES, "PATH=" USER_PATH);
	snprintf(variables[5], PLACE_BYTES, "XDG_RUNTIME_DIR=%s", runtime);
	if (language)
		snprintf(variables[count++], PLACE_BYTES, "LANG=%s", language);
	for (int i = 0; i < count; i++)
		environment[i] = variables[i];
	become(&account);
	if (chdir(account.home) && chdir("/"))
		_exit(111);
	open_output(runtime);
	execve(program, (char *[]){"usersvcd", NULL}, environment);
	complain("%s: %s; set usersvcd= in pam.conf", program, strerror(errno));
	_exit(127);
}

static bool run_usersvcd(void)
{
	char text[ENTRY_BYTES];
	pid_t child = fork_clean();
	if (child == 0)
		be_usersvcd();
	direct.since = now_ms();
	direct.retry_at = 0;
	if (child < 0) {
		direct.retry_at = direct.since + RETRY_MOST_MS;
		return false;
	}
	direct.said = true;
	direct.pid = child;
	direct.fd = open_process(child);
	snprintf(text, sizeof text, "%d.%llu.1\n", (int)child, start_time(child));
	mark_started(text);
	return true;
}

static void end_usersvcd(void)
{
	waitpid(direct.pid, NULL, WNOHANG);
	close(direct.fd);
	direct.fd = -1;
	direct.pid = 0;
	long long now = now_ms();
	if (direct.kill_at) {
		direct.kill_at = 0;
		mark_stopped();
		return;
	}
	if (direct.retry_ms == 0 || now - direct.since >= RETRY_MOST_MS)
		direct.retry_ms = RETRY_MS;
	complain("usersvcd of %s has ended, starting it again in %lld s", account.name,
		 direct.retry_ms / 1000);
	direct.retry_at = now + direct.retry_ms;
	direct.retry_ms = direct.retry_ms * 2 < RETRY_MOST_MS ? direct.retry_ms * 2 : RETRY_MOST_MS;
}

/* What an attendant has left that was killed. */
void take_over_service(void)
{
	char text[ENTRY_BYTES] = "";
	pid_t pid;
	unsigned count;
	unsigned long long start;
	int fd = openat(logins, STARTED, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	ssize_t length = read(fd, text, sizeof text - 1);
	close(fd);
	text[length > 0 ? length : 0] = 0;
	text[strcspn(text, "\n")] = 0;
	if (!read_entry(text, &pid, &start, &count)) {
		ours = find_init();
		return;
	}
	init = DIRECT;
	direct.fd = open_process(pid);
	if (direct.fd >= 0 && start_time(pid) == start) {
		direct.pid = pid;
		direct.since = now_ms();
		direct.said = ours = true;
		return;
	}
	if (direct.fd >= 0)
		close(direct.fd);
	direct.fd = -1;
	unlinkat(logins, STARTED, 0);
}

bool is_service_busy(void)
{
	return job.pid > 0 || direct.kill_at > 0;
}

bool is_service_ours(void)
{
	return ours;
}

/* As far as it is known. */
bool is_service_up(void)
{
	return ours || foreign;
}

/* runsv keeps that for whoever can read. */
static bool is_up_under_runit(void)
{
	char path[PLACE_BYTES + 32], text[8] = "";
	snprintf(path, sizeof path, "%s/supervise/stat", place);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t length = read(fd, text, sizeof text - 1);
	close(fd);
	return length > 0 && strncmp(text, "run", 3) == 0;
}

/* Whether there is anything that can be started; what is up already is left to whoever started it. */
bool start_service(void)
{
	foreign = false;
	if (ours)
		return true;
	if (!find_init())
		return false;
	if (init == DIRECT)
		return run_usersvcd();
	if (init != RUNIT)
		return run_job(ASK);
	foreign = is_up_under_runit();
	if (foreign)
		return true;
	mark_started("");
	return run_job(START);
}

void stop_service(void)
{
	if (init != DIRECT) {
		if (!run_job(STOP))
			mark_stopped();
		return;
	}
	direct.retry_at = 0;
	if (direct.pid == 0) {
		mark_stopped();
		return;
	}
	direct.kill_at = now_ms() + STOP_MS;
	syscall(SYS_pidfd_send_signal, direct.fd, SIGTERM, NULL, 0U);
}

/* Whether there was something to remove: what the service of others may use stays. */
bool remove_runtime(void)
{
	return !foreign && set_runtime_aside(logins, account.uid) && run_job(EMPTY);
}

void service_fds(int fds[SERVICE_FDS])
{
	fds[JOB_FD] = job.fd;
	fds[DAEMON_FD] = direct.fd;
}

/* When step_service has something to do though no descriptor says so; 0 for never. */
long long service_deadline(void)
{
	long long other = direct.kill_at ? direct.kill_at : direct.retry_at;
	if (job.pid == 0)
		return other;
	return other && other < job.deadline ? other : job.deadline;
}

static void end_job(void)
{
	static const char *const NAMES[] = {"asked for", "started", "stopped", ""};
	int status = 0;
	enum job kind = job.kind;
	waitpid(job.pid, &status, 0);
	close(job.fd);
	job.fd = -1;
	job.pid = 0;
	bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (!good && (kind == START || kind == STOP))
		complain("%s could not be %s: %s %d", place, NAMES[kind],
			 WIFEXITED(status) ? "exit status" : "signal",
			 WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	if (kind == ASK && good)
		foreign = true;
	if (kind == ASK && !good) {
		mark_started("");
		if (!run_job(START))
			mark_stopped();
	}
	/* One that was killed may have started it. */
	if (kind == STOP || (kind == START && WIFEXITED(status) && !good))
		mark_stopped();
	if (kind == EMPTY)
		drop_runtime(account.uid);
}

void step_service(void)
{
	long long now = now_ms();
	if (job.pid && has_ended(job.fd))
		end_job();
	else if (job.pid && now >= job.deadline) {
		kill(-job.pid, SIGKILL);
		job.deadline = now + COMMAND_MS;
	}
	if (direct.pid && has_ended(direct.fd))
		end_usersvcd();
	else if (direct.kill_at && now >= direct.kill_at) {
		syscall(SYS_pidfd_send_signal, direct.fd, SIGKILL, NULL, 0U);
		direct.kill_at = now + STOP_MS;
	}
	if (direct.retry_at && now >= direct.retry_at)
		run_usersvcd();
}
