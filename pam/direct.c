/* usersvcd as the attendant runs it itself, where no init system knows the service. */
#define _GNU_SOURCE
#include "direct.h"
#include "files.h"
#include "mark.h"
#include "process.h"
#include "seat.h"
#include "standing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define USER_PATH "/usr/local/bin:/usr/bin:/bin"

enum { STOP_MS = 30000, RETRY_MS = 1000, RETRY_MOST_MS = 60000 };

/* Not a child if another attendant has started it. Of retry_at and kill_at at most one is not 0. */
static struct {
	pid_t pid;
	int fd;
	long long since, retry_ms, retry_at, kill_at;
	bool said;
} direct = {.fd = -1};

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

static const char *path_of_usersvcd(const struct user *user)
{
	static char path[PATH_MAX + 32];
	if (*user->config.usersvcd)
		return user->config.usersvcd;
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
	path[length > 0 ? length : 0] = 0;
	for (int i = 0; i < 3; i++) { /* PREFIX/lib/usersvc/usersvc-attend */
		char *slash = strrchr(path, '/');
		if (slash)
			*slash = 0;
	}
	return strcat(path, "/bin/usersvcd");
}

static _Noreturn void be_usersvcd(const struct user *user)
{
	static char variables[7][PLACE_BYTES];
	char *environment[8] = {NULL};
	const char *runtime = user->runtime, *language = getenv("LANG");
	const char *program = path_of_usersvcd(user);
	int count = 6;
	snprintf(variables[0], PLACE_BYTES, "USER=%s", user->account.name);
	snprintf(variables[1], PLACE_BYTES, "LOGNAME=%s", user->account.name);
	snprintf(variables[2], PLACE_BYTES, "HOME=%s", user->account.home);
	snprintf(variables[3], PLACE_BYTES, "SHELL=%s", user->account.shell);
	snprintf(variables[4], PLACE_BYTES, "PATH=" USER_PATH);
	snprintf(variables[5], PLACE_BYTES, "XDG_RUNTIME_DIR=%s", runtime);
	if (language)
		snprintf(variables[count++], PLACE_BYTES, "LANG=%s", language);
	for (int i = 0; i < count; i++)
		environment[i] = variables[i];
	move_to_seat(user->account.uid, getpid());
	become(&user->account);
	take_keyring();
	if (chdir(user->account.home) && chdir("/"))
		_exit(111);
	open_output(runtime);
	execve(program, (char *[]){"usersvcd", NULL}, environment);
	complain("%s: %s; set usersvcd= in pam.conf", program, strerror(errno));
	_exit(127);
}

void run_usersvcd(const struct user *user)
{
	char text[ENTRY_BYTES];
	mark_seat(user->account.uid, true);
	pid_t child = fork_clean();
	if (child == 0)
		be_usersvcd(user);
	direct.since = now_ms();
	direct.retry_at = 0;
	if (child < 0) {
		direct.retry_at = direct.since + RETRY_MOST_MS;
		return;
	}
	direct.said = true;
	direct.pid = child;
	direct.fd = open_process(child);
	snprintf(text, sizeof text, "%d.%llu.1\n", (int)child, start_time(child));
	mark_started(user->logins, text);
}

static void end_usersvcd(const struct user *user)
{
	waitpid(direct.pid, NULL, WNOHANG);
	close(direct.fd);
	direct.fd = -1;
	direct.pid = 0;
	long long now = now_ms();
	if (direct.kill_at) {
		direct.kill_at = 0;
		mark_stopped(user->logins);
		return;
	}
	if (direct.retry_ms == 0 || now - direct.since >= RETRY_MOST_MS)
		direct.retry_ms = RETRY_MS;
	complain("usersvcd of %s has ended, starting it again in %lld s", user->account.name,
		 direct.retry_ms / 1000);
	direct.retry_at = now + direct.retry_ms;
	direct.retry_ms = direct.retry_ms * 2 < RETRY_MOST_MS ? direct.retry_ms * 2 : RETRY_MOST_MS;
}

/* `started` has pid and start time, in the form of an entry. */
void take_over_usersvcd(const struct user *user, char text[ENTRY_BYTES])
{
	pid_t pid;
	unsigned count;
	unsigned long long start;
	text[strcspn(text, "\n")] = 0;
	int process = read_entry(text, &pid, &start, &count) ? open_process(pid) : -1;
	if (process >= 0 && start_time(pid) == start) {
		direct.fd = process;
		direct.pid = pid;
		direct.since = now_ms();
		direct.said = true;
		mark_seat(user->account.uid, false);
		return;
	}
	if (process >= 0)
		close(process);
	mark_stopped(user->logins);
}

bool is_usersvcd_ending(void)
{
	return direct.kill_at > 0;
}

void stop_usersvcd(const struct user *user)
{
	direct.retry_at = 0;
	if (direct.pid == 0) {
		mark_stopped(user->logins);
		return;
	}
	direct.kill_at = now_ms() + STOP_MS;
	syscall(SYS_pidfd_send_signal, direct.fd, SIGTERM, NULL, 0U);
}

/* 0 if there is none. */
pid_t usersvcd_pid(void)
{
	return direct.pid;
}

int usersvcd_fd(void)
{
	return direct.fd;
}

long long usersvcd_deadline(void)
{
	return direct.kill_at ? direct.kill_at : direct.retry_at;
}

void step_usersvcd(const struct user *user)
{
	long long now = now_ms();
	if (direct.pid && has_ended(direct.fd))
		end_usersvcd(user);
	else if (direct.kill_at && now >= direct.kill_at) {
		syscall(SYS_pidfd_send_signal, direct.fd, SIGKILL, NULL, 0U);
		direct.kill_at = now + STOP_MS;
	}
	if (direct.retry_at && now >= direct.retry_at)
		run_usersvcd(user);
}
