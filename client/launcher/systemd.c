/*
 * systemd-notify, systemd-cat and systemd-xdg-autostart-condition, as their manuals of systemd 252
 * describe them; and which other names of systemd there are.
 */
#define _GNU_SOURCE
#include "systemd.h"
#include "line.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { BARRIER_MS = 5000 };

bool is_alone(const char *program)
{
	return lists(" systemd-notify systemd-cat systemd-xdg-autostart-condition ", program);
}

bool is_edit(const char *program, int count, char **words)
{
	for (int i = 1; i < count; i++)
		if (words[i][0] != '-')
			return strcmp(program, "systemctl") == 0 && strcmp(words[i], "edit") == 0;
	return false;
}

/* ---- systemd-notify ---- */

static char message[65536];
static size_t message_length;

static void add_line(const char *name, const char *value)
{
	int n = snprintf(message + message_length, sizeof message - message_length, "%s%s%s",
			 message_length ? "\n" : "", name, value);
	if (n < 0 || message_length + (size_t)n >= sizeof message) {
		fprintf(stderr, "systemd-notify: the message is too long\n");
		exit(EXIT_FAILURE);
	}
	message_length += (size_t)n;
}

static void add_moment(void)
{
	struct timespec now;
	char micros[32];
	clock_gettime(CLOCK_MONOTONIC, &now);
	snprintf(micros, sizeof micros, "%lld", (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
	add_line("MONOTONIC_USEC=", micros);
}

/* Sends bytes to the socket, with one descriptor if that is not negative. */
static bool send_to(const char *socket_path, const char *bytes, size_t length, int passed)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t named = strlen(socket_path);
	if (named < 2 || named >= sizeof address.sun_path)
		return false;
	memcpy(address.sun_path, socket_path, named);
	if (address.sun_path[0] == '@')
		address.sun_path[0] = 0;
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof passed)];
	} control = {0};
	struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
	struct msghdr whole = {
		.msg_name = &address,
		.msg_namelen = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + named),
		.msg_iov = &part,
		.msg_iovlen = 1,
	};
	if (passed >= 0) {
		whole.msg_control = &control;
		whole.msg_controllen = sizeof control.bytes;
		struct cmsghdr *header = CMSG_FIRSTHDR(&whole);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof passed);
		memcpy(CMSG_DATA(header), &passed, sizeof passed);
	}
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	return sendmsg(fd, &whole, MSG_NOSIGNAL) >= 0;
}

/* Waits until the other side has read all that was sent before: it closes what it is passed then. */
static void await_reader(const char *socket_path)
{
	static const char barrier[] = "BARRIER=1";
	int ends[2];
	if (pipe(ends) != 0 || !send_to(socket_path, barrier, sizeof barrier - 1, ends[1]))
		return;
	close(ends[1]);
	struct pollfd closed = {.fd = ends[0]};
	poll(&closed, 1, BARRIER_MS);
}

/* Takes one word; false if it is none that is known. */
static bool take_word(const char *word, bool *waits)
{
	char pid[32];
	snprintf(pid, sizeof pid, "%d", getppid());
	if (strcmp(word, "--ready") == 0)
		add_line("READY=", "1");
	else if (strcmp(word, "--stopping") == 0)
		add_line("STOPPING=", "1");
	else if (strcmp(word, "--reloading") == 0)
		add_line("RELOADING=", "1"), add_moment();
	else if (strcmp(word, "--pid") == 0 || strcmp(word, "--pid=auto") == 0)
		add_line("MAINPID=", pid);
	else if (strncmp(word, "--pid=", 6) == 0)
		add_line("MAINPID=", word + 6);
	else if (strncmp(word, "--status=", 9) == 0)
		add_line("STATUS=", word + 9);
	else if (strcmp(word, "--no-block") == 0)
		*waits = false;
	else if (word[0] == '-' || !strchr(word, '='))
		return false;
	else
		add_line(word, "");
	return true;
}

static int notify(int count, char **words)
{
	bool waits = true;
	for (int i = 1; i < count; i++) {
		bool has_value = strcmp(words[i], "--status") == 0 && i + 1 < count;
		if (strcmp(words[i], "--booted") == 0)
			return EXIT_FAILURE;
		if (has_value)
			add_line("STATUS=", words[++i]);
		else if (strncmp(words[i], "--uid", 5) != 0 && !take_word(words[i], &waits)) {
			fprintf(stderr, "systemd-notify: unrecognized option '%s'\n", words[i]);
			return EXIT_FAILURE;
		}
	}
	if (message_length == 0) {
		fprintf(stderr, "systemd-notify: nothing to say; see systemd-notify(1)\n");
		return EXIT_FAILURE;
	}
	const char *place = setting("NOTIFY_SOCKET", NULL);
	if (!place) {
		fprintf(stderr, "No status data could be sent: $NOTIFY_SOCKET was not set\n");
		return EXIT_FAILURE;
	}
	if (!send_to(place, message, message_length, -1)) {
		fprintf(stderr, "Failed to notify init system: %s\n", strerror(errno));
		return EXIT_FAILURE;
	}
	if (waits)
		await_reader(place);
	return EXIT_SUCCESS;
}

/* ---- systemd-cat ---- */

static bool has_value(const char *option)
{
	return lists(" -t -p --identifier --priority --stderr-priority --level-prefix ", option);
}

/* There is no journal: what a command prints goes where this program prints. */
static int cat(int count, char **words)
{
	char bytes[8192];
	int i = 1;
	while (i < count && words[i][0] == '-' && strcmp(words[i], "--") != 0)
		i += has_value(words[i]) ? 2 : 1;
	if (i < count && strcmp(words[i], "--") == 0)
		i++;
	if (i < count) {
		execvp(words[i], words + i);
		fprintf(stderr, "Failed to execute process: %s\n", strerror(errno));
		return EXIT_FAILURE;
	}
	for (size_t n; (n = fread(bytes, 1, sizeof bytes, stdin)) > 0;)
		fwrite(bytes, 1, n, stdout);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- systemd-xdg-autostart-condition ---- */

/* Whether a list with colons has the word that ends at a colon, too. */
static bool has_desktop(const char *list, const char *word, size_t length)
{
	while (*list) {
		size_t own = strcspn(list, ":");
		if (own == length && strncmp(list, word, length) == 0)
			return true;
		list += own + (list[own] == ':');
	}
	return false;
}

static bool has_words(const char *list)
{
	return list[strspn(list, ":")];
}

/* The first desktop that a list names decides; without one, whether it is shown in some only. */
static int condition(int count, char **words)
{
	if (count != 3) {
		fprintf(stderr, "Wrong argument count. Expected the OnlyShowIn= and NotShowIn= sets, "
				"each colon separated.\n");
		return EXIT_FAILURE;
	}
	const char *desktop = setting("XDG_CURRENT_DESKTOP", "");
	while (*desktop) {
		size_t length = strcspn(desktop, ":");
		if (length > 0 && has_desktop(words[1], desktop, length))
			return EXIT_SUCCESS;
		if (length > 0 && has_desktop(words[2], desktop, length))
			return EXIT_FAILURE;
		desktop += length + (desktop[length] == ':');
	}
	return has_words(words[1]) ? EXIT_FAILURE : EXIT_SUCCESS;
}

int run_alone(const char *program, int count, char **words)
{
	if (strcmp(program, "systemd-notify") == 0)
		return notify(count, words);
	if (strcmp(program, "systemd-cat") == 0)
		return cat(count, words);
	return condition(count, words);
}
