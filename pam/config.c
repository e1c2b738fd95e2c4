/* The configuration of logins: what cannot be understood is told to syslog, and the default stands. */
#define _GNU_SOURCE
#include "config.h"
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG "/etc/usersvc/pam.conf"

enum { CONFIG_BYTES = 16384 };

/*
 * Those that run programs as a user who has not logged in; that take in files or mail; greeters; other
 * managers of sessions.
 */
#define SKIP \
	"*cron*,at,atd,batch,supervise-daemon,start-stop-daemon,openrc-user,turnstiled,systemd-user," \
	"runuser*,sudo*,doas*,su-exec,polkit-1,pkexec,*ftp*,samba*,smb*,dovecot*,imap*,pop*,smtp*," \
	"postfix*,exim*,courier*,cyrus*,sieve*,mail*,nnrpd,cups*,squid*,httpd*,apache*,nginx*,ppp*," \
	"openvpn*,radiusd,*-greeter,gdm-launch-environment"

static const char *const INITS[] = {"auto", "openrc", "runit", "s6", "dinit", "direct"};

static bool take_number(const char *text, unsigned long least, unsigned long most,
			unsigned long *number)
{
	char *end;
	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	unsigned long value = strtoul(text, &end, 10);
	if (errno || *end || value < least || value > most)
		return false;
	*number = value;
	return true;
}

static bool take_text(const char *text, char *place)
{
	if (strlen(text) >= PLACE_BYTES)
		return false;
	strcpy(place, text);
	return true;
}

static bool take_size(const char *text, char size[SIZE_BYTES])
{
	size_t digits = strspn(text, "0123456789"), length = strlen(text);
	if (digits == 0 || length >= SIZE_BYTES || (text[digits] && !strchr("%kmg", text[digits])) ||
	    length > digits + 1)
		return false;
	strcpy(size, text);
	return true;
}

static bool take_choice(const char *text, bool *choice)
{
	*choice = strcmp(text, "yes") == 0;
	return *choice || strcmp(text, "no") == 0;
}

static bool take_init(const char *text, enum init *init)
{
	for (size_t i = 0; i < sizeof INITS / sizeof *INITS; i++)
		if (strcmp(text, INITS[i]) == 0) {
			*init = (enum init)i;
			return true;
		}
	return false;
}

/* What the setting has to be, if it is not that. */
static const char *take(struct config *config, const char *name, const char *value)
{
	unsigned long number;
	if (strcmp(name, "skip") == 0)
		return take_text(value, config->skip) ? NULL : "skip has at most 1023 bytes";
	if (strcmp(name, "allow-groups") == 0)
		return take_text(value, config->allowed) ? NULL : "allow-groups has at most 1023 bytes";
	if (strcmp(name, "deny-groups") == 0)
		return take_text(value, config->denied) ? NULL : "deny-groups has at most 1023 bytes";
	if (strcmp(name, "runtime-size") == 0)
		return take_size(value, config->runtime_size)
			       ? NULL
			       : "runtime-size is a number, with %, k, m or g, of at most 15 characters";
	if (strcmp(name, "unmount-home") == 0)
		return take_choice(value, &config->unmount_home) ? NULL : "unmount-home is yes or no";
	if (strcmp(name, "usersvcd") == 0)
		return *value == '/' && take_text(value, config->usersvcd)
			       ? NULL
			       : "usersvcd is an absolute path of at most 1023 bytes";
	if (strcmp(name, "init") == 0)
		return take_init(value, &config->init)
			       ? NULL
			       : "init is auto, openrc, runit, s6, dinit or direct";
	if (strcmp(name, "grace") == 0) {
		if (!take_number(value, 0, 86400, &number))
			return "grace is a number of seconds, 0 to 86400";
		config->grace = (unsigned)number;
		return NULL;
	}
	if (strcmp(name, "min-uid") == 0) {
		if (!take_number(value, 1, 4294967294, &number))
			return "min-uid is a number from 1 to 4294967294";
		config->min_uid = (uid_t)number;
		return NULL;
	}
	return "write skip=, grace=, min-uid=, allow-groups=, deny-groups=, init=, runtime-size=, "
	       "unmount-home= or usersvcd=";
}

static char *trim(char *text)
{
	text += strspn(text, " \t\r");
	char *end = text + strlen(text);
	while (end > text && strchr(" \t\r", end[-1]))
		*--end = 0;
	return text;
}

static void read_line(struct config *config, int number, char *line)
{
	line = trim(line);
	if (*line == 0 || *line == '#')
		return;
	char *value = strchr(line, '=');
	if (value)
		*value++ = 0;
	const char *wanted = take(config, trim(line), value ? trim(value) : "");
	if (wanted)
		complain(CONFIG ":%d: '%.100s%s%.100s': %s; ignoring the line", number, line,
			 value ? "=" : "", value ? value : "", wanted);
}

static ssize_t read_all(int fd, char text[CONFIG_BYTES])
{
	size_t length = 0;
	while (length < CONFIG_BYTES) {
		ssize_t more = read(fd, text + length, CONFIG_BYTES - length);
		if (more < 0)
			return -1;
		if (more == 0)
			break;
		length += (size_t)more;
	}
	return (ssize_t)length;
}

void read_config(struct config *config)
{
	char text[CONFIG_BYTES];
	struct stat found;
	*config = (struct config){.grace = 10, .min_uid = 1000, .skip = SKIP, .runtime_size = "10%"};
	int fd = open(CONFIG, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		if (errno != ENOENT)
			complain(CONFIG ": %s; ignoring the file", strerror(errno));
		return;
	}
	ssize_t length = -1;
	if (fstat(fd, &found) == 0 && S_ISREG(found.st_mode) && found.st_uid == 0 &&
	    !(found.st_mode & 022))
		length = read_all(fd, text);
	close(fd);
	if (length < 0 || length == CONFIG_BYTES) {
		complain(CONFIG ": make it a file of root's that nobody else can write, shorter "
				"than 16 KiB; ignoring the file");
		return;
	}
	text[length] = 0;
	char *line = text, *next;
	for (int number = 1; line; line = next, number++) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		read_line(config, number, line);
	}
}

/* In a pattern * stands for anything. */
static bool matches(const char *pattern, size_t length, const char *service)
{
	char text[PLACE_BYTES];
	snprintf(text, sizeof text, "%.*s", (int)length, pattern);
	return fnmatch(text, service, 0) == 0;
}

bool is_skipped(const struct config *config, const char *service)
{
	static const char separators[] = ", \t";
	for (const char *at = config->skip; *at;) {
		size_t length = strcspn(at, separators);
		if (length > 0 && matches(at, length, service))
			return true;
		at += length;
		at += strspn(at, separators);
	}
	return false;
}
