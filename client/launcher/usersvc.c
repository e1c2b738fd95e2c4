/*
 * usersvc, svc, svok and svstat: the native front of the client.
 *
 * Every command line that comes to one request is served here: the request goes to the control
 * socket, the answer is copied to stdout and stderr (package socket of the daemon has the dialogue). Help,
 * usage errors, log and whatever else is not understood here is the Java client's, which takes the same
 * command lines and gives the same answers; UsersvcSyntax.java and DaemontoolsSyntax.java have the
 * rules. All memory is static: the process serves one request.
 */
#define _GNU_SOURCE
#include "complete.h"
#include "control.h"
#include "systemd.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The path of place, which is seen from where this program lies. */
static const char *beside(const char *place)
{
	static char path[8192];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
	path[length > 0 ? length : 0] = 0;
	char *slash = strrchr(path, '/');
	strcpy(slash ? slash : path, place);
	return path;
}

/* Runs the Java client on the same arguments; `--as` tells it the name it was called by. */
static int hand_over(const char *program, int count, char **arguments)
{
	static char as[32], *passed[ARGUMENTS + 3];
	const char *java = beside("/../lib/usersvc/usersvc-java");
	snprintf(as, sizeof as, "--as=%s", program);
	passed[0] = (char *)java;
	passed[1] = as;
	for (int i = 1; i < count; i++)
		passed[i + 1] = arguments[i];
	execv(java, passed);
	fprintf(stderr, "%s: cannot run %s: %s; install the Java client there\n", program, java,
		strerror(errno));
	return UNREACHABLE;
}

/* Runs the daemon in this process, which a bus has started; that bus is its first one. */
static int become_daemon(const struct ask *ask)
{
	char *instance = (char *)ask->instance;
	char *words[] = {"usersvcd", *instance ? "--instance" : NULL, instance, NULL};
	setenv("DBUS_SESSION_BUS_ADDRESS", ask->given[NAME], 1);
	unsetenv("DBUS_STARTER_ADDRESS");
	unsetenv("DBUS_STARTER_BUS_TYPE");
	execv(beside("/usersvcd"), words);
	execvp("usersvcd", words);
	fprintf(stderr, "%s: cannot run usersvcd; install it beside %s or in PATH\n", ask->program,
		ask->program);
	return UNREACHABLE;
}

/* Edits a unit: a script does, which calls this program again. */
static int edit(int count, char **arguments)
{
	static char own[8192], *passed[ARGUMENTS + 3];
	strcpy(own, beside("/../lib/usersvc/bin/systemctl"));
	passed[0] = (char *)beside("/../lib/usersvc/systemctl-edit");
	passed[1] = own;
	for (int i = 1; i < count; i++)
		passed[i + 1] = arguments[i];
	execv(passed[0], passed);
	fprintf(stderr, "systemctl: cannot run %s: %s\n", passed[0], strerror(errno));
	return EXIT_FAILURE;
}

/* Becomes the program that its own words name. */
static int execute(char **words)
{
	signal(SIGPIPE, SIG_DFL);
	execvp(words[0], words);
	fprintf(stderr, "Failed to execute %s: %s\n", words[0], strerror(errno));
	return EXIT_FAILURE;
}

/* What the daemon has answered to a program of systemd. */
static int finish(const struct ask *ask, int status, char **argv)
{
	if (status == NO_DAEMON) {
		fprintf(stderr, "%s: usersvcd does not run; start it\n", ask->program);
		return EXIT_FAILURE;
	}
	int word = word_to_execute();
	return status == 0 && word >= 0 ? execute(argv + 1 + word) : status;
}

/* The name that the program was called by, if it is one of daemontools' or systemd's. */
static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	bool known = lists(" svc svok svstat ", name) || is_alone(name) ||
		     is_of_manager(name);
	return known ? name : "usersvc";
}

int main(int argc, char **argv)
{
	static char out[16384], err[16384];
	static struct ask ask;
	setvbuf(stdout, out, _IOFBF, sizeof out);
	setvbuf(stderr, err, _IOFBF, sizeof err);
	ask.program = name_of(argc > 0 ? argv[0] : "");
	if (is_alone(ask.program))
		return run_alone(ask.program, argc, argv);
	if (argc > ARGUMENTS) {
		fprintf(stderr, "%s: more than %d arguments\n", ask.program, ARGUMENTS);
		return USAGE;
	}
	if (is_called(&ask, "usersvc") && argc > 1 && strcmp(argv[1], "--complete") == 0)
		return complete(argc - 2, argv + 2, beside("/../share"));
	if (is_edit(ask.program, argc, argv))
		return edit(argc, argv);
	if (!parse_line(&ask, argc, argv))
		return hand_over(ask.program, argc, argv);
	if (ask.count == 0 && !is_called(&ask, "usersvc") && !ask.verbatim)
		return 0;
	struct request request = write_request(&ask);
	if (request.length == 0)
		return hand_over(ask.program, argc, argv);
	int status = exchange(&ask, request);
	if (ask.verbatim)
		return finish(&ask, status, argv);
	if (status != NO_DAEMON)
		return status;
	if (ask.activates)
		return become_daemon(&ask);
	/* Without a daemon svok has its answer; the words of the others are the Java client's. */
	if (is_called(&ask, "svok"))
		return USAGE;
	return hand_over(ask.program, argc, argv);
}
