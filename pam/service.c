/*
 * The user's service: the init system's, or usersvcd itself as a child. `started` is there while it
 * is up because of us, for an attendant that comes after one that was killed.
 */
#define _GNU_SOURCE
#include "attend.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SYSTEM_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

enum { COMMAND_MS = 60000, KILL_MS = 5000, WORDS = 8 };

enum job { ASK, START, STOP, DETACH, EMPTY, UNMOUNT, MOVE };

/* The command that runs, if pid is not 0. */
static struct {
	enum job kind;
	pid_t pid;
	int fd;
	bool killed;
	long long deadline;
} job = {.fd = -1};

static enum init init;
static char place[PLACE_BYTES];
static bool ours, foreign;

/* What is to be done with the user's directories after the last logout, one after the other. */
static enum { UNMOUNT_HOME, DETACH_MOUNTS, EMPTY_OLDER, EMPTY_OURS, NOTHING } removal =
	DETACH_MOUNTS;

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
	const char *s6[] = {"sh", "-c", "s6-svstat -o up \"$1\" | grep -qx true", "sh", place, NULL};
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

static bool run_job(enum job kind)
{
	const char *words[WORDS];
	pid_t child = fork_clean();
	if (child == 0) {
		if (kind == DETACH)
			detach_mounts(account.uid);
		if (kind == EMPTY)
			empty_runtime(&account);
		if (kind == UNMOUNT)
			unmount_home(&account);
		if (kind == MOVE) {
			move_to_seat(usersvcd_pid());
			_exit(0);
		}
		word_command(kind, words);
		clearenv();
		setenv("PATH", SYSTEM_PATH, 1);
		setenv("LANG", "C", 1);
		execvp(words[0], (char **)words);
		_exit(127);
	}
	if (child < 0)
		return false;
	job.kind = kind;
	job.pid = child;
	job.fd = open_process(child);
	job.killed = false;
	job.deadline = now_ms() + COMMAND_MS;
	return true;
}

void mark_started(const char *text)
{
	ours = true;
	put_file(logins, STARTED, text);
}

/* What the login has given to this process, else where such a directory usually is. */
const char *runtime_now(void)
{
	static char usual[ENTRY_BYTES];
	const char *given = getenv("XDG_RUNTIME_DIR");
	if (given)
		return given;
	runtime_path(account.uid, usual);
	return usual;
}

/* Whether nobody but root can have made what leads there; root knows nothing of others. */
bool is_runtime_usual(void)
{
	char usual[ENTRY_BYTES];
	runtime_path(account.uid, usual);
	return strcmp(runtime_now(), usual) == 0;
}

void mark_stopped(void)
{
	ours = false;
	unlinkat(logins, STARTED, 0);
}

void take_over_service(void)
{
	struct stat found;
	if (fstatat(logins, STARTED, &found, AT_SYMLINK_NOFOLLOW))
		return;
	ours = true;
	removal = UNMOUNT_HOME;
	if (found.st_size > 0) {
		init = DIRECT;
		take_over_usersvcd();
	} else if (!find_init() || init == DIRECT)
		mark_stopped();
}

bool is_service_busy(void)
{
	return job.pid > 0 || is_usersvcd_ending();
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

/* Has usersvcd, as far as it is run here, follow the logins; whether that takes a moment. */
bool follow_seat(void)
{
	if (!ours || init != DIRECT || usersvcd_pid() == 0 || !is_seat_another())
		return false;
	mark_seat(true);
	return run_job(MOVE);
}

/* What is up already is left to whoever started it. */
void start_service(void)
{
	foreign = false;
	removal = UNMOUNT_HOME;
	if (ours || !find_init())
		return;
	if (init == DIRECT) {
		run_usersvcd();
		return;
	}
	if (init != RUNIT) {
		run_job(ASK);
		return;
	}
	foreign = is_up_under_runit();
	if (foreign)
		return;
	mark_started("");
	if (!run_job(START))
		mark_stopped();
}

void stop_service(void)
{
	if (init == DIRECT)
		stop_usersvcd();
	else if (!run_job(STOP))
		mark_stopped();
}

/* Whether there was something to remove: what the service of others may use stays. */
bool remove_runtime(void)
{
	while (!foreign && removal < NOTHING)
		switch (removal++) {
		case UNMOUNT_HOME:
			if (config.unmount_home && run_job(UNMOUNT))
				return true;
			break;
		case DETACH_MOUNTS:
			if (is_runtime_ours(logins) && run_job(DETACH))
				return true;
			break;
		case EMPTY_OLDER:
			if (is_runtime_aside(account.uid) && run_job(EMPTY))
				return true;
			break;
		case EMPTY_OURS:
			if (set_runtime_aside(logins, account.uid) && run_job(EMPTY))
				return true;
			break;
		case NOTHING:
			break;
		}
	return false;
}

void service_fds(int fds[SERVICE_FDS])
{
	fds[JOB_FD] = job.fd;
	fds[DAEMON_FD] = usersvcd_fd();
}

/* When step_service has something to do though no descriptor says so; 0 for never. */
long long service_deadline(void)
{
	long long other = usersvcd_deadline();
	if (job.pid == 0)
		return other;
	return other && other < job.deadline ? other : job.deadline;
}

static void forget_job(void)
{
	close(job.fd);
	job.fd = -1;
	job.pid = 0;
}

static void end_job(void)
{
	static const char *const NAMES[] = {"asked for", "started", "stopped"};
	int status = 0;
	enum job kind = job.kind;
	waitpid(job.pid, &status, 0);
	forget_job();
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

/* The kernel may keep one that waits for a file system: it is left to whoever reaps it in the end. */
static void end_late_job(void)
{
	if (job.killed) {
		complain("a process of root's that works for %s does not end; going on without it",
			 account.name);
		if (job.kind == START || job.kind == STOP)
			mark_stopped();
		forget_job();
		return;
	}
	kill(-job.pid, SIGKILL);
	job.killed = true;
	job.deadline = now_ms() + KILL_MS;
}

void step_service(void)
{
	if (job.pid && has_ended(job.fd))
		end_job();
	else if (job.pid && now_ms() >= job.deadline)
		end_late_job();
	step_usersvcd();
}
