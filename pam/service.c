/* The user's service: the init system's, or usersvcd itself as a child. */
#define _GNU_SOURCE
#include "service.h"
#include "direct.h"
#include "files.h"
#include "mark.h"
#include "process.h"
#include "runtime.h"
#include "seat.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* What is to be done with the user's directories after the last logout, one after the other. */
static enum { UNMOUNT_HOME, DETACH_MOUNTS, EMPTY_OLDER, EMPTY_OURS, NOTHING } removal =
	DETACH_MOUNTS;

static const char *const RUNIT_PLACES[] = {"/run/runit/service", "/var/service", "/service",
					   "/etc/service", NULL};
static const char *const S6_PLACES[] = {"/run/service", "/run/s6-rc/servicedirs", NULL};

/* The service as the init system knows it, in place; whether it knows one. */
static bool find_service(const struct user *user, const char *format, const char *directory)
{
	snprintf(place, sizeof place, format, directory, user->account.name);
	return access(place, F_OK) == 0;
}

static bool find_among(const struct user *user, const char *const *directories)
{
	for (; *directories; directories++)
		if (find_service(user, "%s/usersvc.%s", *directories))
			return true;
	return false;
}

static bool is_known_to(const struct user *user, enum init which)
{
	switch (which) {
	case OPENRC:
		return find_service(user, "%s/usersvc.%s", "/etc/init.d");
	case RUNIT:
		return find_among(user, RUNIT_PLACES);
	case S6:
		return find_among(user, S6_PLACES);
	case DINIT:
		return find_service(user, "%s/usersvc-%s", "/etc/dinit.d") ||
		       (access("/etc/dinit.d/usersvc", F_OK) == 0 &&
			snprintf(place, sizeof place, "/etc/dinit.d/usersvc@%s", user->account.name) > 0);
	case AUTO:
	case DIRECT:
		break;
	}
	return which == DIRECT;
}

static bool find_init(const struct user *user)
{
	for (init = OPENRC; init <= DIRECT; init++)
		if ((user->config.init == AUTO || user->config.init == init) && is_known_to(user, init))
			return true;
	complain("init=openrc, runit, s6 or dinit in pam.conf, but there is no service usersvc.%s; "
		 "make it, or choose init=direct",
		 user->account.name);
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

static bool run_job(const struct user *user, enum job kind)
{
	const char *words[WORDS];
	pid_t child = fork_clean();
	if (child == 0) {
		if (kind == DETACH)
			detach_mounts(user->account.uid);
		if (kind == EMPTY)
			empty_runtime(&user->account);
		if (kind == UNMOUNT)
			unmount_home(&user->account);
		if (kind == MOVE) {
			move_to_seat(user->account.uid, usersvcd_pid());
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

void take_over_service(const struct user *user)
{
	char text[ENTRY_BYTES];
	if (!take_over_mark(user->logins, text))
		return;
	removal = UNMOUNT_HOME;
	if (*text) {
		init = DIRECT;
		take_over_usersvcd(user, text);
	} else if (!find_init(user) || init == DIRECT)
		mark_stopped(user->logins);
}

bool is_service_busy(void)
{
	return job.pid > 0 || is_usersvcd_ending();
}

/* runsv keeps that for whoever can read. */
static bool is_up_under_runit(void)
{
	char path[PLACE_BYTES + 32], text[8];
	snprintf(path, sizeof path, "%s/supervise/stat", place);
	return read_text(AT_FDCWD, path, text, sizeof text) && strncmp(text, "run", 3) == 0;
}

/* Has usersvcd, as far as it is run here, follow the logins; whether that takes a moment. */
bool follow_seat(const struct user *user)
{
	if (!is_service_ours() || init != DIRECT || usersvcd_pid() == 0 ||
	    !is_seat_another(user->account.uid))
		return false;
	mark_seat(user->account.uid, true);
	return run_job(user, MOVE);
}

/* What is up already is left to whoever started it. */
static void start_unless(const struct user *user, bool up)
{
	mark_foreign(up);
	if (up)
		return;
	mark_started(user->logins, "");
	if (!run_job(user, START))
		mark_stopped(user->logins);
}

void start_service(const struct user *user)
{
	removal = UNMOUNT_HOME;
	if (is_service_ours())
		return;
	mark_foreign(false);
	if (!find_init(user))
		return;
	if (init == DIRECT)
		run_usersvcd(user);
	else if (init == RUNIT)
		start_unless(user, is_up_under_runit());
	else
		run_job(user, ASK);
}

void stop_service(const struct user *user)
{
	if (init == DIRECT)
		stop_usersvcd(user);
	else if (!run_job(user, STOP))
		mark_stopped(user->logins);
}

/* Whether there was something to remove: what the service of others may use stays. */
bool remove_runtime(const struct user *user)
{
	while (!is_service_up() && removal < NOTHING)
		switch (removal++) {
		case UNMOUNT_HOME:
			if (user->config.unmount_home && run_job(user, UNMOUNT))
				return true;
			break;
		case DETACH_MOUNTS:
			if (is_runtime_ours(user->logins) && run_job(user, DETACH))
				return true;
			break;
		case EMPTY_OLDER:
			if (is_runtime_aside(user->account.uid) && run_job(user, EMPTY))
				return true;
			break;
		case EMPTY_OURS:
			if (set_runtime_aside(user->logins, user->account.uid) && run_job(user, EMPTY))
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
	return earlier(job.pid ? job.deadline : 0, usersvcd_deadline());
}

static void forget_job(void)
{
	close(job.fd);
	job.fd = -1;
	job.pid = 0;
}

static void end_job(const struct user *user)
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
	if (kind == ASK)
		start_unless(user, good);
	/* One that was killed may have started it. */
	if (kind == STOP || (kind == START && WIFEXITED(status) && !good))
		mark_stopped(user->logins);
	if (kind == EMPTY)
		drop_runtime(user->account.uid);
}

/* The kernel may keep one that waits for a file system: it is left to whoever reaps it in the end. */
static void end_late_job(const struct user *user)
{
	if (job.killed) {
		complain("a process of root's that works for %s does not end; going on without it",
			 user->account.name);
		if (job.kind == START || job.kind == STOP)
			mark_stopped(user->logins);
		forget_job();
		return;
	}
	kill(-job.pid, SIGKILL);
	job.killed = true;
	job.deadline = now_ms() + KILL_MS;
}

void step_service(const struct user *user)
{
	if (job.pid && has_ended(job.fd))
		end_job(user);
	else if (job.pid && now_ms() >= job.deadline)
		end_late_job(user);
	step_usersvcd(user);
}
