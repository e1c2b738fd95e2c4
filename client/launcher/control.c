/* The control socket: where it is, the request sent, the answer copied to stdout and stderr. */
#define _GNU_SOURCE
#include "control.h"
#include "text.h"
#include "wait.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * How long the daemon may be silent beyond the wait that was asked for, whose end it tells itself,
 * and how long it may wait for others on some errands (ControlSocket.java).
 */
enum { PATIENCE_MS = 5000, ERRAND_MS = 30000 };

/* Whoever presses Tab gives up sooner. */
enum { TAB_MS = 300 };

/* Where a socket may be: of another user's directory nothing is used. */
enum { PLACES = 4 };

static char control[4096];
static char places[PLACES][sizeof control];
static int place_count;

static bool owned(const char *path, int flags)
{
	struct stat at;
	return fstatat(AT_FDCWD, path, &at, flags) == 0 && at.st_uid == geteuid();
}

static void add_place(const struct ask *ask, const char *runtime)
{
	snprintf(places[place_count++], sizeof control, "%s/usersvc%s%s/control", runtime,
		 *ask->instance ? "-" : "", ask->instance);
}

static void lose_patience(int signal)
{
	static const char problem[] =
		"usersvc: another user's usersvcd does not end its answer; ask as that user\n";
	(void)signal;
	(void)!write(STDERR_FILENO, problem, sizeof problem - 1);
	_exit(UNREACHABLE);
}

static bool waits_for_ever(const struct ask *ask)
{
	return strcmp(ask->verb, "events") == 0;
}

static long patience_ms(const struct ask *ask)
{
	if (ask->each_line)
		return TAB_MS;
	bool errand = ask->verbatim || lists(" rescan switch enable disable reexec bus ", ask->verb);
	return PATIENCE_MS + (errand ? ERRAND_MS : 0) + (ask->wait_ms > 0 ? ask->wait_ms : 0);
}

/* At another user's socket may be any program, which may neither listen nor ever end. */
static void limit_time(const struct ask *ask, const char *path)
{
	struct stat at;
	if (stat(path, &at) != 0 || at.st_uid == geteuid() || waits_for_ever(ask))
		return;
	signal(SIGALRM, lose_patience);
	alarm((unsigned)(patience_ms(ask) / 1000));
}

/* The user's own daemon may have been stopped, or hang: connecting, sending, receiving end then. */
static void limit_silence(const struct ask *ask, int fd)
{
	long ms = patience_ms(ask);
	struct timeval most = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
	if (!waits_for_ever(ask))
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
}

/* The daemon at the other end, or where there is none yet at a path, has been silent too long. */
static int give_up(const struct ask *ask, int fd, const char *path)
{
	struct ucred peer = {0};
	socklen_t length = sizeof peer;
	getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length);
	fprintf(stderr, "%s: usersvcd ", ask->program);
	if (peer.pid > 0)
		fprintf(stderr,
			"(pid %d) does not answer: if it is stopped, kill -CONT %d has it go on; if it"
			" hangs, kill -KILL %d ends it, services go on, and start usersvcd again\n",
			peer.pid, peer.pid, peer.pid);
	else
		fprintf(stderr, "at %s does not answer: see whether it is stopped or hangs\n", path);
	return UNREACHABLE;
}

static void locate(const struct ask *ask)
{
	char usual[2048];
	const char *runtime = setting("XDG_RUNTIME_DIR", NULL);
	if (runtime)
		add_place(ask, runtime);
	snprintf(usual, sizeof usual, "/run/user/%u", geteuid());
	if (owned(usual, 0))
		add_place(ask, usual);
	snprintf(usual, sizeof usual, "/tmp/usersvc-%u", geteuid());
	if (owned(usual, AT_SYMLINK_NOFOLLOW))
		add_place(ask, usual);
	/* Where the daemon goes if somebody else has made that. */
	snprintf(usual, sizeof usual, "%s/.local/state/usersvc/run", setting("HOME", ""));
	if (owned(usual, 0))
		add_place(ask, usual);
}

/* A socket above stderr that is connected to the one there; negative if nobody listens there. */
static int connect_to(const struct ask *ask, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path)
		return -1;
	strcpy(address.sun_path, path);
	limit_time(ask, path);
	int low = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int fd = fcntl(low, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	close(low);
	limit_silence(ask, fd);
	while (connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
		if (errno == EAGAIN && ask->each_line) {
			close(fd);
			return -1;
		} else if (errno == EAGAIN) {
			exit(give_up(ask, fd, path));
		} else if (errno != EINTR) {
			alarm(0);
			close(fd);
			return -1;
		}
	return fd;
}

/* A socket of the daemon, or negative. That it is in another place than the first is told. */
static int reach(const struct ask *ask)
{
	locate(ask);
	for (int i = 0; i < place_count; i++) {
		int fd = connect_to(ask, places[i]);
		if (fd < 0)
			continue;
		strcpy(control, places[i]);
		if (i > 0 && is_called(ask, "usersvc") && !ask->given[QUIET])
			fprintf(stderr, "usersvc: usersvcd is at %s\n", control);
		return fd;
	}
	return -1;
}

/*
 * Sends what is taken: a daemon that refuses the request may answer and close before its end. False
 * if nothing was taken for too long.
 */
static bool send_request(int fd, struct request request)
{
	size_t sent = 0;
	while (sent < request.length) {
		ssize_t n = send(fd, request.bytes + sent, request.length - sent, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			return errno != EAGAIN;
		sent += n < 0 ? 0 : (size_t)n;
	}
	return true;
}

/* ---- the answer ---- */

/* How far it was read: the two bytes before a line's text, then its text or the exit status. */
static struct {
	char prefix[2];
	int seen, digits, status;
	bool within, bad, complete;
	int execute;
	char text[131072];
	size_t length;
} answer = {.execute = -1};

/* A lost stderr is survived; a lost stdout ends the program, quietly if its reader has left. */
static void flush(const struct ask *ask, FILE *stream)
{
	if (fflush(stream) == 0 || stream == stderr)
		return;
	if (errno == EPIPE || errno == ECONNRESET)
		_exit(NO_READER);
	fprintf(stderr, "%s: cannot write to standard output\n", ask->program);
	fflush(stderr);
	_exit(UNREACHABLE);
}

static bool is_terminal(FILE *stream)
{
	static int known[2] = {-1, -1};
	int *terminal = &known[stream == stderr];
	if (*terminal < 0)
		*terminal = isatty(fileno(stream));
	return *terminal;
}

static enum place place_of(const struct ask *ask, FILE *stream)
{
	if (ask->painted && stream == stdout)
		return PAINTED;
	return is_terminal(stream) ? TERMINAL : A_FILE;
}

/*
 * The two streams may be one file: what was written to the other one first comes first. No answer
 * has control characters, except assignments for a shell, which keep them on their way to one.
 */
static void emit(const struct ask *ask, const char *bytes, size_t length)
{
	FILE *stream = answer.prefix[0] == '1' ? stdout : stderr;
	bool known = answer.prefix[0] == '1' || answer.prefix[0] == '2';
	if (!known || answer.prefix[1] != ' ' || (ask->given[QUIET] && stream == stdout))
		return;
	erase_wait();
	flush(ask, stream == stdout ? stderr : stdout);
	if ((ask->given[SH] || ask->verbatim) && !is_terminal(stream))
		fwrite(bytes, 1, length, stream);
	else
		show(stream, bytes, length, place_of(ask, stream));
	if (ferror(stream))
		flush(ask, stream);
}

static void take_status(char c)
{
	bool digit = c >= '0' && c <= '9' && answer.digits < 3;
	answer.status = digit ? answer.status * 10 + (c - '0') : answer.status;
	answer.digits += digit;
	answer.complete = c == '\n' && answer.digits > 0 && answer.status < 256;
	answer.bad = !digit && !answer.complete;
}

/* Keeps what was read of a line; whether it is whole. */
static bool keep(const char *bytes, size_t length)
{
	size_t room = sizeof answer.text - 1 - answer.length;
	size_t taken = length < room ? length : room;
	memcpy(answer.text + answer.length, bytes, taken);
	answer.length += taken;
	if (bytes[length - 1] != '\n')
		return false;
	answer.text[answer.length ? answer.length - 1 : 0] = 0;
	answer.length = 0;
	return true;
}

/* What the daemon says before this program becomes another one, as far as it was read. */
static void prepare(const char *bytes, size_t length)
{
	if (!keep(bytes, length))
		return;
	if (answer.prefix[0] == 'e')
		putenv(strdup(answer.text));
	else if (answer.prefix[0] == 'x')
		answer.execute = atoi(answer.text);
	else if (chdir(answer.text) != 0)
		fprintf(stderr, "cannot go to %s: %s\n", answer.text, strerror(errno));
}

int word_to_execute(void)
{
	return answer.execute;
}

/* Gives a whole line of standard output to who asked for it. */
static void hand_on(const struct ask *ask, const char *bytes, size_t length)
{
	if (answer.prefix[0] == '1' && keep(bytes, length))
		ask->each_line(answer.text);
}

/* Copies the text of the lines in bytes; a line with an unknown prefix is left out. */
static void take(const struct ask *ask, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length && !answer.complete && !answer.bad;) {
		if (answer.seen < 2) {
			answer.prefix[answer.seen] = bytes[i];
			answer.seen = bytes[i++] == '\n' ? 0 : answer.seen + 1;
		} else if (memcmp(answer.prefix, "= ", 2) == 0) {
			take_status(bytes[i++]);
		} else {
			const char *end = memchr(bytes + i, '\n', length - i);
			size_t part = end ? (size_t)(end + 1 - bytes) - i : length - i;
			if (ask->verbatim && strchr("edx", answer.prefix[0]))
				prepare(bytes + i, part);
			else if (ask->each_line)
				hand_on(ask, bytes + i, part);
			else
				emit(ask, bytes + i, part);
			answer.within = !end;
			answer.seen = end ? 0 : 2;
			i += part;
		}
	}
	flush(ask, stdout);
	flush(ask, stderr);
}

int exchange(const struct ask *ask, struct request request)
{
	static char bytes[16384];
	int fd = reach(ask);
	if (fd < 0)
		return NO_DAEMON;
	signal(SIGPIPE, SIG_IGN);
	bool silent = !send_request(fd, request);
	while (!silent && !answer.complete && !answer.bad) {
		await_answer(ask, fd, patience_ms(ask));
		ssize_t n = recv(fd, bytes, sizeof bytes, 0);
		silent = n < 0 && errno == EAGAIN;
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		take(ask, bytes, n < 0 ? 0 : (size_t)n);
	}
	erase_wait();
	if (answer.complete)
		return answer.status;
	if (answer.within)
		take(ask, "\n", 1);
	if (ask->each_line)
		return UNREACHABLE;
	if (silent)
		return give_up(ask, fd, control);
	fprintf(stderr, "%s: usersvcd at %s broke off before its answer was complete; see its log\n",
		ask->program, control);
	return UNREACHABLE;
}
