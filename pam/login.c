/* A login and its end, in the process that opens the session: they only leave word. */
#define _GNU_SOURCE
#include "login.h"
#include "runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Of the second that a login may take. */
enum { LOCK_MS = 500, GROUPS_MS = 400 };

enum { VALUE_BYTES = 256, FAILED = 111 };

static const char *const VARIABLES[] = {
	"XDG_SESSION_ID", "XDG_SESSION_TYPE", "XDG_SESSION_CLASS", "XDG_SESSION_DESKTOP", "XDG_SEAT",
	"XDG_VTNR",	  "PAM_SERVICE",      "PAM_TTY",	   "PAM_RHOST",
};

enum { VARIABLE_COUNT = sizeof VARIABLES / sizeof *VARIABLES };

/* NULL for what is not printable ASCII of 1 to 255 bytes: users have a hand in some of it. */
static const char *value_of(const struct login *login, const char *name)
{
	const char *value = login->variable(login, name);
	if (!value || !*value)
		return NULL;
	for (size_t length = 0; value[length]; length++)
		if (length == VALUE_BYTES - 1 || value[length] < ' ' || value[length] > '~')
			return NULL;
	return value;
}

static void describe(const struct login *login, char text[VARIABLE_COUNT * 2 * VALUE_BYTES])
{
	*text = 0;
	for (int i = 0; i < VARIABLE_COUNT; i++) {
		const char *value = value_of(login, VARIABLES[i]);
		if (value)
			text += sprintf(text, "%s=%s\n", VARIABLES[i], value);
	}
}

/* For the child of a process of which nothing is known: nothing of it is left. */
static void forget_the_parent(void)
{
	sigset_t none;
	for (int signal = 1; signal < NSIG; signal++)
		sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	umask(022);
	setsid();
	int null = open("/dev/null", O_RDWR);
	if (null < 0 || chdir("/"))
		_exit(FAILED);
	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	close_others();
}

/* A fork whose end sends no signal, so that the application never hears of it. */
static pid_t fork_silently(void)
{
	return (pid_t)syscall(SYS_clone, 0UL, NULL, NULL, NULL, NULL);
}

static int await_end(pid_t child)
{
	int status = -1;
	while (waitpid(child, &status, __WALL) < 0 && errno == EINTR)
		;
	return status;
}

static int exit_code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : FAILED;
}

/*
 * A child of which the application hears nothing, and which its own waits do not find: it executes nothing, as
 * the kernel gives whoever does the usual signal again. Its child becomes the attendant's program.
 */
static pid_t start_program(const struct login *login, char *const words[], char *const environment[],
			   bool waits)
{
	if (faccessat(AT_FDCWD, login->attendant, X_OK, AT_EACCESS)) {
		complain("%s: %s", login->attendant, strerror(errno));
		return -1;
	}
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before); /* no handler of the application's runs in a child */
	pid_t child = fork_silently();
	if (child == 0) {
		forget_the_parent();
		pid_t program = fork_silently();
		if (program == 0)
			execve(login->attendant, words, environment);
		_exit(program > 0 && waits ? exit_code(await_end(program)) : FAILED);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (child < 0)
		complain("cannot fork: %s", strerror(errno));
	return child;
}

static void start_attendant(const struct login *login)
{
	char runtime[VALUE_BYTES + 20], language[VALUE_BYTES + 20], *environment[3] = {NULL};
	char *words[] = {"usersvc-attend", "attend", (char *)login->user, NULL};
	const char *value = value_of(login, "XDG_RUNTIME_DIR");
	int count = 0;
	if (value) {
		snprintf(runtime, sizeof runtime, "XDG_RUNTIME_DIR=%s", value);
		environment[count++] = runtime;
	}
	if ((value = value_of(login, "LANG"))) {
		snprintf(language, sizeof language, "LANG=%s", value);
		environment[count++] = language;
	}
	pid_t child = start_program(login, words, environment, false);
	if (child > 0)
		await_end(child);
}

/*
 * Whether the groups of the user are those of pam.conf. A directory server may take long to say so, and the
 * application may have threads: a process of its own asks.
 */
static bool is_of_the_groups(const struct login *login, const struct config *config)
{
	char *words[] = {"usersvc-attend", "admit", (char *)login->user, NULL}, *none[] = {NULL};
	if (!*config->allowed && !*config->denied)
		return true;
	pid_t child = start_program(login, words, none, true);
	if (child < 0)
		return false;
	struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, child, 0U), .events = POLLIN};
	struct timespec bound = {.tv_nsec = GROUPS_MS * 1000000L};
	sigset_t all;
	sigfillset(&all); /* no signal of the application's makes the wait shorter */
	if (end.fd < 0 || ppoll(&end, 1, &bound, &all) <= 0)
		kill(-child, SIGKILL); /* it leads the session of both */
	if (end.fd >= 0)
		close(end.fd);
	int answer = exit_code(await_end(child));
	if (answer != ADMITTED && answer != NOT_ADMITTED)
		complain("%s is not attended: nobody has said within %d ms which groups that user has",
			 login->user, GROUPS_MS);
	return answer == ADMITTED;
}

/* Whether there is an attendant. Others may ask at the same time, and see no lock of ours. */
static bool is_attended_to(int dir)
{
	int fd = openat(dir, ATTENDANT, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool held = flock(fd, LOCK_SH | LOCK_NB) != 0;
	close(fd);
	return held;
}

static bool may_count(const struct login *login, struct account *account, struct config *config)
{
	if (geteuid() != 0 || login->pid <= 1)
		return false;
	read_config(config);
	return !is_skipped(config, login->service) && find_account(login->user, account) &&
	       is_attended(config, account);
}

int open_login(struct login *login, char runtime[ENTRY_BYTES])
{
	struct account account;
	struct config config;
	char text[VARIABLE_COUNT * 2 * VALUE_BYTES];
	if (!may_count(login, &account, &config) || !is_of_the_groups(login, &config))
		return NOT_COUNTED;
	int dir = open_logins(account.uid);
	if (dir < 0)
		return NOT_COUNTED;
	describe(login, text);
	int lock = take_lock(dir, LOCK, LOCK_MS);
	if (lock < 0)
		complain("the lock of %s's logins is held by somebody; going on without", login->user);
	runtime_path(account.uid, runtime);
	bool place = !value_of(login, "XDG_RUNTIME_DIR") && make_runtime(dir, &account, &config);
	bool counted = make_entry(dir, login->pid, text, login->entry);
	bool alone = lock < 0 || !is_attended_to(dir);
	if (lock >= 0)
		close(lock);
	close(dir);
	if (counted && alone)
		start_attendant(login);
	return !counted ? NOT_COUNTED : place ? COUNTED_WITH_RUNTIME : COUNTED;
}

/* An attendant that was killed has left word of what is to be stopped. */
void close_login(struct login *login)
{
	struct account account;
	struct config config;
	struct facts started;
	if (!may_count(login, &account, &config) || !has_logins(account.uid))
		return;
	int dir = open_logins(account.uid);
	if (dir < 0)
		return;
	if (*login->entry || find_entry(dir, login->pid, login->entry))
		unlinkat(dir, login->entry, 0);
	bool alone = look(dir, STARTED, &started) && !is_attended_to(dir);
	close(dir);
	if (alone)
		start_attendant(login);
}
