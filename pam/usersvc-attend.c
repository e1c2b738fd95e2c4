/*
 * usersvc-attend: one small process of root's for each user who is logged in. It starts the user's
 * service at the first login, counts the logins, those too that are killed, and stops the service
 * some time after the last. It sleeps until something happens. Directories it watches by dnotify, of
 * which there may be as many as there are users; instances of inotify are few. `open` is for the hook,
 * `linger` for the boot.
 */
#define _GNU_SOURCE
#include "login.h"
#include "logins.h"
#include "mark.h"
#include "process.h"
#include "runtime.h"
#include "service.h"
#include "standing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINGER "/var/lib/usersvc/linger"
#define LINGERING "lingering"

enum { TAKEOVER_MS = 1000, LOCK_MS = 100, RETRY_MS = 1000, USAGE = 100 };
enum { LINGER_MS = 1000, BLIND_MS = 5000, MOST_NUMBERS = 99 };

/* While a service of others goes on, elogind takes its runtime directory away. */
enum { STAY_S = 3 };

enum { SIGNALS, JOB, DAEMON, FIXED_FDS };

static struct user user = {.logins = -1};
static int signals, attendance;
static long long grace_end, wake_at, linger_look;
static bool told_to_end, tried, lingering, blind;

static void scan(void)
{
	if (scan_logins(user.logins))
		tried = false;
}

/* SIGIO tells that something has happened there; without dnotify it is looked for now and then. */
static void watch(int dir, unsigned long events)
{
	if (dir < 0 || fcntl(dir, F_NOTIFY, events) == 0 || blind)
		return;
	blind = true;
	complain("no dnotify: %s; logins of %s are looked for every 5 s", strerror(errno),
		 user.account.name);
}

/*
 * Only a file of root's or of the user's own counts: the directory is open to all. Where somebody else was
 * there first, one of the user's own with a number behind the name does.
 */
static bool has_linger_file(int dir)
{
	char name[NAME_MAX + 16];
	struct facts found;
	if (look(dir, user.account.name, &found) && S_ISREG(found.mode) &&
	    (found.uid == 0 || found.uid == user.account.uid))
		return true;
	for (int number = 1; number <= MOST_NUMBERS; number++) {
		snprintf(name, sizeof name, "%.*s.%d", NAME_MAX, user.account.name, number);
		if (look(dir, name, &found) && S_ISREG(found.mode) && found.uid == user.account.uid)
			return true;
	}
	return false;
}

/* From now on the next change there is noticed, and whoever keeps changing it is heard once a second. */
static bool may_linger(void)
{
	static int dir = -1;
	linger_look = now_ms() + LINGER_MS;
	if (dir < 0)
		dir = open(LINGER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	watch(dir, DN_DELETE | DN_RENAME | DN_ATTRIB);
	return dir >= 0 && has_linger_file(dir);
}

static void linger(bool on)
{
	lingering = on;
	if (on)
		put_file(user.logins, LINGERING, "");
	else
		unlinkat(user.logins, LINGERING, 0);
}

/*
 * A login that comes now is either seen here or starts another attendant. (exit alone would release
 * the locks in whatever order the kernel likes.)
 */
static void end_unless_needed(void)
{
	int lock = take_lock(user.logins, LOCK, LOCK_MS);
	if (lock < 0) {
		wake_at = now_ms() + RETRY_MS;
		return;
	}
	scan();
	if (!is_logged_in() && !remove_runtime(&user)) {
		close(attendance);
		exit(0);
	}
	close(lock);
}

static void be_logged_in(void)
{
	grace_end = 0;
	linger(false);
	if (tried)
		return;
	tried = true;
	start_service(&user);
}

/*
 * elogind removes the runtime directory with the last session, and whoever lingers or has some grace left
 * goes on in another. Elsewhere others than root may have made what leads there.
 */
static void keep_runtime(void)
{
	struct facts found;
	if (is_service_up() && strcmp(user.runtime, user.usual) == 0 &&
	    !find_runtime(user.account.uid, &found) && errno == ENOENT)
		make_runtime(user.logins, &user.account, &user.config);
}

/* Does the next thing that is to be done; what it starts comes back here when it has ended. */
static void decide(void)
{
	wake_at = 0;
	if (is_service_busy() || follow_seat(&user))
		return;
	keep_runtime();
	if (is_logged_in() && !told_to_end) {
		be_logged_in();
		return;
	}
	bool patient = is_service_up() && !told_to_end;
	long long now = now_ms(), grace = user.config.grace;
	if (patient && grace_end == 0)
		grace_end = now + (is_service_ours() || grace >= STAY_S ? grace : STAY_S) * 1000;
	if (patient && now < grace_end) {
		wake_at = grace_end;
		return;
	}
	if (patient && lingering && now < linger_look) {
		wake_at = linger_look;
		return;
	}
	if (patient && may_linger()) {
		if (!lingering)
			linger(true);
		return;
	}
	if (is_service_ours()) {
		stop_service(&user);
		return;
	}
	linger(false);
	if (told_to_end)
		exit(0);
	end_unless_needed();
}

/* Whether a directory has changed; other signals say that it is time to end. */
static bool take_signals(void)
{
	struct signalfd_siginfo one;
	bool changed = false;
	while (read(signals, &one, sizeof one) == sizeof one) {
		changed |= one.ssi_signo == SIGIO;
		told_to_end |= one.ssi_signo != SIGIO;
	}
	return changed;
}

/* In milliseconds; -1 for ever. */
static int patience(void)
{
	long long now = now_ms(), first = earlier(service_deadline(), wake_at);
	if (blind)
		first = earlier(first, now + BLIND_MS);
	if (first == 0)
		return -1;
	return first > now ? (int)(first - now) : 0;
}

/* Sleeps until something has happened, and takes note of it. */
static void await(void)
{
	size_t count = FIXED_FDS + login_count();
	struct pollfd *fds = calloc(count, sizeof *fds);
	int service[SERVICE_FDS];
	if (!fds) {
		complain("no memory for the logins of %s", user.account.name);
		exit(111);
	}
	service_fds(service);
	fds[SIGNALS].fd = signals;
	fds[JOB].fd = service[JOB_FD];
	fds[DAEMON].fd = service[DAEMON_FD];
	login_fds(fds + FIXED_FDS);
	for (size_t i = 0; i < count; i++)
		fds[i].events = POLLIN;
	poll(fds, count, patience());
	end_logins(user.logins, fds + FIXED_FDS);
	if (take_signals() || blind)
		scan();
	free(fds);
}

static void prepare(void)
{
	char pid[16];
	sigset_t ends;
	attendance = take_lock(user.logins, ATTENDANT, TAKEOVER_MS);
	if (attendance < 0)
		exit(0);
	snprintf(pid, sizeof pid, "%d\n", (int)getpid());
	if (ftruncate(attendance, 0) || write(attendance, pid, strlen(pid)) < 0)
		complain("cannot write the pid of the attendant: %s", strerror(errno));
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGIO);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
	int self = open_process(getpid());
	if (signals < 0 || self < 0) {
		complain("cannot watch the logins of %s: %s; Linux 5.3 or later is needed",
			 user.account.name, strerror(errno));
		exit(111);
	}
	close(self);
	watch(enter_run("user", true), DN_DELETE | DN_RENAME | DN_MULTISHOT);
	watch(user.logins, DN_CREATE | DN_DELETE | DN_RENAME | DN_MULTISHOT);
}

/* For a user who may linger and whom nobody has logged in: at boot. */
static void begin_lingering(void)
{
	if (is_logged_in() || is_service_up() || !may_linger())
		return;
	make_runtime(user.logins, &user.account, &user.config);
	linger(true);
	start_service(&user);
}

static _Noreturn void attend(const char *name, bool at_boot)
{
	close_others();
	become_root();
	leave_session();
	take_system_defaults();
	read_config(&user.config);
	if (!find_account(name, &user.account) || !is_attended(&user.config, &user.account) ||
	    !is_admitted(&user.config, &user.account) ||
	    (user.logins = open_logins(user.account.uid)) < 0)
		exit(0);
	const char *given = getenv("XDG_RUNTIME_DIR");
	runtime_path(user.account.uid, user.usual);
	user.runtime = given ? given : user.usual;
	prepare();
	take_over_service(&user);
	scan();
	if (at_boot)
		begin_lingering();
	for (;;) {
		decide();
		await();
		step_service(&user);
	}
}

/* For a login, which waits for the answer no longer than it may, and may itself be ended meanwhile. */
static _Noreturn void admit(const char *name)
{
	alarm(1);
	read_config(&user.config);
	bool admitted = find_account(name, &user.account) && is_admitted(&user.config, &user.account);
	exit(admitted ? ADMITTED : NOT_ADMITTED);
}

static const char *variable(const struct login *login, const char *name)
{
	(void)login;
	return getenv(name);
}

/* For the hook: pid is the process that opens the session. */
static void enter_login(const char *pid)
{
	char path[PATH_MAX], runtime[ENTRY_BYTES];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
	const char *name = getenv("PAM_USER"), *service = getenv("PAM_SERVICE");
	struct login login = {.user = name,
			      .service = service ? service : "",
			      .pid = atoi(pid),
			      .variable = variable,
			      .attendant = path};
	if (geteuid() != 0 || !name || length < 0)
		return;
	path[length] = 0;
	become_root();
	open_login(&login, runtime);
}

/*
 * Whether it is that account that such a file is of. Whoever makes many has one look-up of names, and one
 * attendant.
 */
static bool is_first_of(const char *name, const struct facts *found, struct account *account)
{
	static uid_t *seen;
	static size_t count;
	uid_t uid = found->uid;
	if (uid == 0) {
		if (!find_account(name, account))
			return false;
		uid = account->uid;
	}
	for (size_t i = 0; i < count; i++)
		if (seen[i] == uid)
			return false;
	uid_t *more = realloc(seen, (count + 1) * sizeof *more);
	if (!more)
		return false;
	seen = more;
	seen[count++] = uid;
	return found->uid == 0 || find_account_of(uid, account);
}

/* An attendant for each user with a file there; those of whom none counts end at once. */
static void start_lingering(const char *program)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
	int dir = open(LINGER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *all = dir < 0 || length < 0 ? NULL : fdopendir(dir);
	struct account account;
	struct facts found;
	if (!all)
		return;
	path[length] = 0;
	for (struct dirent *one; (one = readdir(all));) {
		if (*one->d_name == '.' || !look(dir, one->d_name, &found) || !S_ISREG(found.mode) ||
		    !is_first_of(one->d_name, &found, &account))
			continue;
		if (fork_clean() == 0)
			execve(path,
			       (char *[]){(char *)program, "attend", (char *)account.name, "boot", NULL},
			       (char *[]){NULL});
	}
	closedir(all);
}

int main(int count, char **words)
{
	if (count == 3 && strcmp(words[1], "attend") == 0)
		attend(words[2], false);
	if (count == 4 && strcmp(words[1], "attend") == 0 && strcmp(words[3], "boot") == 0)
		attend(words[2], true);
	if (count == 3 && strcmp(words[1], "admit") == 0)
		admit(words[2]);
	if (count == 2 && strcmp(words[1], "linger") == 0) {
		start_lingering(words[0]);
		return 0;
	}
	if (count != 3 || strcmp(words[1], "open")) {
		fprintf(stderr, "usage: usersvc-attend open PID, by usersvc-session; "
				"usersvc-attend attend USER; usersvc-attend admit USER; usersvc-attend linger, at boot\n");
		return USAGE;
	}
	enter_login(words[2]);
	return 0;
}
