/*
 * usersvc-session: the hook, for pam_exec(8) with type=open_session and seteuid. It runs as root with the
 * variables of the PAM stack, in which the user may have a hand: so it is linked statically, as a loader
 * would do what LD_PRELOAD says, asks the C library for nothing that depends on variables, and hands on
 * only those that are known. usersvc-attend does the rest; the login goes on whatever comes of it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define ATTEND "/usersvc-attend"

extern char **environ;

/* Those that an entry of a login has, and what the service is started with. */
static const char *const KNOWN[] = {
	"PAM_USER",	    "PAM_SERVICE",	 "PAM_TTY",		"PAM_RHOST",
	"XDG_SESSION_ID",   "XDG_SESSION_TYPE",	 "XDG_SESSION_CLASS",	"XDG_SESSION_DESKTOP",
	"XDG_SEAT",	    "XDG_VTNR",		 "XDG_RUNTIME_DIR",	"LANG",
};

enum { KNOWN_COUNT = sizeof KNOWN / sizeof *KNOWN };

/* The last of that name: pam_exec puts its own behind those of the user. */
static char *find(const char *name)
{
	size_t length = strlen(name);
	char *found = NULL;
	for (char **at = environ; *at; at++)
		if (strncmp(*at, name, length) == 0 && (*at)[length] == '=')
			found = *at;
	return found;
}

static bool is_login(void)
{
	const char *type = find("PAM_TYPE");
	return type && strcmp(type, "PAM_TYPE=open_session") == 0 && find("PAM_USER");
}

/* Beside this program, wherever a link to it is. */
static bool find_attend(char path[PATH_MAX + sizeof ATTEND])
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
	if (length <= 0 || length == PATH_MAX)
		return false;
	path[length] = 0;
	char *slash = strrchr(path, '/');
	if (!slash)
		return false;
	memcpy(slash, ATTEND, sizeof ATTEND);
	return true;
}

/* From here on getenv finds what is known and nothing else, for the C library as well. */
static void clear_environment(void)
{
	static char *known[KNOWN_COUNT + 1];
	size_t count = 0;
	for (int i = 0; i < KNOWN_COUNT; i++) {
		char *variable = find(KNOWN[i]);
		if (variable)
			known[count++] = variable;
	}
	environ = known;
}

int main(void)
{
	char path[PATH_MAX + sizeof ATTEND], parent[16];
	bool login = is_login();
	clear_environment();
	if (!login || !find_attend(path))
		return 0;
	snprintf(parent, sizeof parent, "%d", (int)getppid());
	execve(path, (char *[]){"usersvc-attend", "open", parent, NULL}, environ);
	syslog(LOG_AUTHPRIV | LOG_WARNING, "usersvc: %s: %s; install usersvc-session beside it", path,
	       strerror(errno));
	return 0;
}
