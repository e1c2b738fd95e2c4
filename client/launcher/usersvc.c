/*
 * usersvc, svc, svok and svstat: the native front of the client.
 *
 * Every command line that comes to one request is served here: the request goes to the control
 * socket, the answer is copied to stdout and stderr (the dialogue is in ARCHITECTURE.md). Help,
 * usage errors, log and whatever else is not understood here is the Java client's, which takes the same
 * command lines and gives the same answers; UsersvcSyntax.java and DaemontoolsSyntax.java have the
 * rules. All memory is static: the process serves one request.
 */
#define _GNU_SOURCE
#include "usersvc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INSTANCE_BYTES = 64, DAY_MS = 86400000 };

static const struct {
	const char *verbs;
	size_t least, most;
} TAKES[] = {
	[NAMES_AND_WAIT] = {" up down once exit term kill wait start stop restart reload try-restart "
			    "shutdown check force-stop force-reload force-restart force-shutdown ",
			    1, ARGUMENTS},
	[NAMES] = {" pause cont hup alarm interrupt quit 1 2 ", 1, ARGUMENTS},
	[NAMES_OR_ALL] = {" status events ", 0, ARGUMENTS},
	[DIRECTORY] = {" switch ", 1, 1},
	[SOME_WORDS] = {" enable disable ", 1, ARGUMENTS},
	[WORDS] = {" session env ", 0, ARGUMENTS},
	[NOTHING] = {" list tree rescan reexec version activate ", 0, 0},
};

struct option options[OPTIONS] = {
	[WAIT] = {.word = "-w", .has_value = true},
	[JSON] = {.word = "--json"},
	[QUIET] = {.word = "-q"},
	[CHECK] = {.word = "--check", .verbs = " status "},
	[LEADER] = {.word = "--leader", .verbs = " session ", .has_value = true},
	[NAME] = {.word = "--name", .verbs = " session ", .has_value = true},
	[ALL] = {.word = "--all", .verbs = " session "},
	[SERVICE] = {.word = "--service", .verbs = " env ", .has_value = true},
	[SH] = {.word = "--sh", .verbs = " env "},
	[DOWN] = {.word = "--down", .verbs = " wait "},
	[DOT] = {.word = "--dot", .verbs = " tree "},
	[NOW] = {.word = "--now", .verbs = " enable disable "},
	[INSTANCE] = {.word = "--instance", .has_value = true},
};

/* The command line. */
static int argument_count;
static char **arguments;
const char *program = "usersvc";

struct ask ask = {.instance = "", .wait_ms = -1};
const char *names[ARGUMENTS];

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
_Noreturn void hand_over(void)
{
	static char as[32], *passed[ARGUMENTS + 3];
	const char *java = beside("/../lib/usersvc/usersvc-java");
	snprintf(as, sizeof as, "--as=%s", program);
	passed[0] = (char *)java;
	passed[1] = as;
	for (int i = 1; i < argument_count; i++)
		passed[i + 1] = arguments[i];
	execv(java, passed);
	fprintf(stderr, "%s: cannot run %s: %s; install the Java client there\n", program, java,
		strerror(errno));
	exit(UNREACHABLE);
}

/* Runs the daemon in this process, which a bus has started; that bus is its first one. */
_Noreturn void become_daemon(void)
{
	char *words[] = {"usersvcd", *ask.instance ? "--instance" : NULL, (char *)ask.instance, NULL};
	setenv("DBUS_SESSION_BUS_ADDRESS", options[NAME].given, 1);
	unsetenv("DBUS_STARTER_ADDRESS");
	unsetenv("DBUS_STARTER_BUS_TYPE");
	execv(beside("/usersvcd"), words);
	execvp("usersvcd", words);
	fprintf(stderr, "%s: cannot run usersvcd; install it beside %s or in PATH\n", program, program);
	exit(UNREACHABLE);
}

static bool is_program(const char *name)
{
	return strcmp(program, name) == 0;
}

/* A decimal number of seconds, 0 to 86400. */
static void take_wait(const char *text)
{
	static const char digit[] = "0123456789";
	size_t whole = strspn(text, digit), decimals = 0;
	bool point = text[whole] == '.';
	if (point)
		decimals = strspn(text + whole + 1, digit);
	if (whole == 0 || whole > 5 || decimals > 9 || point != (decimals > 0) ||
	    text[whole + point + decimals])
		hand_over();
	ask.wait_ms = 0;
	for (size_t i = 0; i < whole; i++)
		ask.wait_ms = ask.wait_ms * 10 + (text[i] - '0');
	for (size_t i = 0; i < 3; i++)
		ask.wait_ms = ask.wait_ms * 10 + (i < decimals ? text[whole + 1 + i] - '0' : 0);
	if (ask.wait_ms > DAY_MS)
		hand_over();
}

const char *setting(const char *name, const char *fallback)
{
	const char *value = getenv(name);
	return value && *value ? value : fallback;
}

static void take_instance(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t length = strlen(name);
	if (length == 0 || length > INSTANCE_BYTES || *name == '.' || strspn(name, allowed) < length)
		hand_over();
	ask.instance = name;
}

/* Whether a list of words, each between spaces, has this one. */
bool lists(const char *words, const char *word)
{
	char spaced[24];
	snprintf(spaced, sizeof spaced, " %s ", word);
	return *word && !strchr(word, ' ') && strstr(words, spaced);
}

static void take_verb(const char *word)
{
	for (ask.takes = NAMES_AND_WAIT; ask.takes <= NOTHING; ask.takes++) {
		if (lists(TAKES[ask.takes].verbs, word)) {
			ask.verb = word;
			return;
		}
	}
	hand_over();
}

/* Takes the option at index i, with its value; how many arguments it has used. */
static int take_option(int i)
{
	const char *word = arguments[i], *value = arguments[i + 1];
	for (struct option *option = options; option < options + OPTIONS; option++) {
		size_t length = strlen(option->word);
		bool whole = strcmp(word, option->word) == 0;
		if (whole && !option->has_value) {
			option->given = "";
			return 1;
		}
		if (whole && value && *value != '-') {
			option->given = value;
			return 2;
		}
		bool longer = strncmp(word, option->word, length) == 0 && word[length] == '=';
		if (longer && option->has_value && word[1] == '-') {
			option->given = word + length + 1;
			return 1;
		}
	}
	hand_over();
}

/* Whether the verb has so many names, and each of the options. */
static bool fits(void)
{
	bool fit = ask.verb && ask.count >= TAKES[ask.takes].least &&
		   ask.count <= TAKES[ask.takes].most;
	for (size_t i = 0; fit && i < OPTIONS; i++)
		fit = !options[i].given || !options[i].verbs || lists(options[i].verbs, ask.verb);
	return fit;
}

/* The bus that has started this program, or that it may talk to, becomes the daemon's. */
static void take_activation(void)
{
	const char *bus = setting("DBUS_SESSION_BUS_ADDRESS", NULL);
	options[NAME].given = setting("DBUS_STARTER_ADDRESS", bus);
	if (!options[NAME].given)
		hand_over();
	ask.verb = "bus";
	ask.activates = true;
}

static void parse_usersvc(void)
{
	bool ended = false;
	for (int i = 1; i < argument_count;) {
		if (!ended && arguments[i][0] == '-') {
			ended = strcmp(arguments[i], "--") == 0;
			i += ended ? 1 : take_option(i);
		} else if (!ask.verb) {
			take_verb(arguments[i++]);
		} else {
			names[ask.count++] = arguments[i++];
		}
	}
	if (!fits())
		hand_over();
	bool waits = ask.takes == NAMES_AND_WAIT || options[NOW].given;
	if (options[WAIT].given || waits)
		take_wait(options[WAIT].given ? options[WAIT].given : setting("SVWAIT", "7"));
	if (!waits)
		ask.wait_ms = -1;
	if (options[INSTANCE].given)
		take_instance(options[INSTANCE].given);
	if (strcmp(ask.verb, "activate") == 0)
		take_activation();
}

/* The letters of svc's options in the order given, each once; the index of the first DIR. */
static int take_letters(void)
{
	static char letters[16];
	ask.letters = letters;
	for (int i = 1; i < argument_count; i++) {
		const char *option = arguments[i];
		if (option[0] != '-' || !option[1])
			return i;
		if (strcmp(option, "--") == 0)
			return i + 1;
		while (*++option) {
			if (!strchr("udopchaitkx", *option))
				hand_over();
			if (!strchr(letters, *option))
				letters[strlen(letters)] = *option;
		}
	}
	return argument_count;
}

static void parse_daemontools(void)
{
	int first = is_program("svc") ? take_letters() : 1;
	ask.verb = program;
	ask.takes = NAMES;
	for (int i = first; i < argument_count; i++)
		names[ask.count++] = arguments[i];
	if (is_program("svok") && ask.count != 1)
		hand_over();
}

/* The name that the program was called by, if it is one of daemontools'. */
static void take_program(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	if (strcmp(name, "svc") == 0 || strcmp(name, "svok") == 0 || strcmp(name, "svstat") == 0)
		program = name;
}

int main(int argc, char **argv)
{
	static char out[16384], err[16384];
	setvbuf(stdout, out, _IOFBF, sizeof out);
	setvbuf(stderr, err, _IOFBF, sizeof err);
	take_program(argc > 0 ? argv[0] : program);
	if (argc > ARGUMENTS) {
		fprintf(stderr, "%s: more than %d arguments\n", program, ARGUMENTS);
		return USAGE;
	}
	argument_count = argc;
	arguments = argv;
	bool daemontools = !is_program("usersvc");
	(daemontools ? parse_daemontools : parse_usersvc)();
	if (daemontools && ask.count == 0)
		return 0;
	if (!*ask.instance && *setting("USERSVC_INSTANCE", ""))
		take_instance(setting("USERSVC_INSTANCE", ""));
	return exchange(write_request());
}
