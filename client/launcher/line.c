/* The command line. Where it is not understood, it is the Java client's. */
#define _GNU_SOURCE
#include "line.h"

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
	[NAMES] = {" pause cont hup alarm interrupt quit 1 2 is-active is-failed is-enabled show ",
		   1, ARGUMENTS},
	[NAMES_OR_ALL] = {" status schedule events ", 0, ARGUMENTS},
	[DIRECTORY] = {" switch ", 1, 1},
	[SOME_WORDS] = {" disable ", 1, ARGUMENTS},
	[NAMED_WORDS] = {" enable ", 0, ARGUMENTS},
	[WORDS] = {" session env ", 0, ARGUMENTS},
	[NOTHING] = {" list tree rescan reexec activate ", 0, 0},
};

const struct option ALL_OPTIONS[OPTIONS] = {
	[WAIT] = {.word = "-w", .has_value = true},
	[JSON] = {.word = "--json"},
	[QUIET] = {.word = "-q"},
	[SIGNAL] = {.word = "--signal", .letter = "-s", .verbs = " kill ", .has_value = true},
	[CHECK] = {.word = "--check", .verbs = " status "},
	[LEADER] = {.word = "--leader", .verbs = " session ", .has_value = true},
	[NAME] = {.word = "--name", .verbs = " session ", .has_value = true},
	[ALL] = {.word = "--all", .verbs = " list session "},
	[GRAPHICAL] = {.word = "--graphical", .verbs = " session "},
	[SERVICE] = {.word = "--service", .verbs = " env ", .has_value = true},
	[SH] = {.word = "--sh", .verbs = " env "},
	[DOWN] = {.word = "--down", .verbs = " wait "},
	[DOT] = {.word = "--dot", .verbs = " tree "},
	[NOW] = {.word = "--now", .verbs = " enable disable "},
	[FAILED] = {.word = "--failed", .verbs = " list "},
	[INSTANCE] = {.word = "--instance", .has_value = true},
	[COLOR] = {.word = "--color", .has_value = true},
};

bool is_called(const struct ask *ask, const char *program)
{
	return strcmp(ask->program, program) == 0;
}

const char *setting(const char *name, const char *fallback)
{
	const char *value = getenv(name);
	return value && *value ? value : fallback;
}

/* Whether a list of words, each between spaces, has this one. */
bool lists(const char *words, const char *word)
{
	char spaced[64];
	snprintf(spaced, sizeof spaced, " %s ", word);
	return *word && !strchr(word, ' ') && strstr(words, spaced);
}

/* A decimal number of seconds, 0 to 86400. */
static bool take_wait(struct ask *ask, const char *text)
{
	static const char digit[] = "0123456789";
	size_t whole = strspn(text, digit), decimals = 0;
	bool point = text[whole] == '.';
	if (point)
		decimals = strspn(text + whole + 1, digit);
	if (whole == 0 || whole > 5 || decimals > 9 || point != (decimals > 0) ||
	    text[whole + point + decimals])
		return false;
	ask->wait_ms = 0;
	for (size_t i = 0; i < whole; i++)
		ask->wait_ms = ask->wait_ms * 10 + (text[i] - '0');
	for (size_t i = 0; i < 3; i++)
		ask->wait_ms = ask->wait_ms * 10 + (i < decimals ? text[whole + 1 + i] - '0' : 0);
	return ask->wait_ms <= DAY_MS;
}

/* The instance that is asked for, or that of the environment. */
static bool take_instance(struct ask *ask)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	const char *given = ask->given[INSTANCE];
	const char *name = given ? given : setting("USERSVC_INSTANCE", NULL);
	size_t length = name ? strlen(name) : 0;
	ask->instance = name ? name : "";
	return !name || (length > 0 && length <= INSTANCE_BYTES && *name != '.' &&
			 strspn(name, allowed) == length);
}

/* Whether the answer shall have colours (Color.java). */
static bool take_color(struct ask *ask)
{
	const char *when = ask->given[COLOR] ? ask->given[COLOR] : "auto";
	if (!lists(" auto always never ", when))
		return false;
	bool always = strcmp(when, "always") == 0, never = strcmp(when, "never") == 0;
	bool can = !ask->given[JSON] && lists(" list status tree ", ask->verb);
	bool fits = isatty(STDOUT_FILENO) && !*setting("NO_COLOR", "") &&
		    strcmp(setting("TERM", "dumb"), "dumb") != 0;
	ask->painted = can && !never && (always || fits);
	return true;
}

static bool take_verb(struct ask *ask, const char *word)
{
	for (ask->takes = NAMES_AND_WAIT; ask->takes <= NOTHING; ask->takes++) {
		if (lists(TAKES[ask->takes].verbs, word)) {
			ask->verb = word;
			return true;
		}
	}
	return false;
}

/* The value that follows a letter in the same word, as in -w20 and -w=20; NULL if none does. */
static const char *joined(const char *word, const char *letter)
{
	if (!letter || strlen(letter) != 2 || strncmp(word, letter, 2) != 0 || !word[2])
		return NULL;
	return word + 2 + (word[2] == '=');
}

/* Takes the option that words begin with, and its value; how many words that was, 0 for none. */
static int take_option(struct ask *ask, char **words)
{
	const char *word = words[0], *value = words[1];
	for (size_t i = 0; i < OPTIONS; i++) {
		const struct option *option = &ALL_OPTIONS[i];
		size_t length = strlen(option->word);
		bool whole = strcmp(word, option->word) == 0 ||
			     (option->letter && strcmp(word, option->letter) == 0);
		if (whole && !option->has_value) {
			ask->given[i] = "";
			return 1;
		}
		if (whole && value && *value != '-') {
			ask->given[i] = value;
			return 2;
		}
		const char *behind = joined(word, option->letter ? option->letter : option->word);
		if (behind && option->has_value) {
			ask->given[i] = behind;
			return 1;
		}
		bool longer = strncmp(word, option->word, length) == 0 && word[length] == '=';
		if (longer && option->has_value && word[1] == '-') {
			ask->given[i] = word + length + 1;
			return 1;
		}
	}
	return 0;
}

/* Whether the verb has so many names, none of them empty, and each of the options. */
static bool fits(const struct ask *ask)
{
	bool fit = ask->verb && ask->count >= TAKES[ask->takes].least &&
		   ask->count <= TAKES[ask->takes].most;
	for (size_t i = 0; fit && ask->takes != WORDS && i < ask->count; i++)
		fit = *ask->names[i];
	for (size_t i = 0; fit && i < OPTIONS; i++) {
		const char *verbs = ALL_OPTIONS[i].verbs;
		fit = !ask->given[i] || !verbs || lists(verbs, ask->verb);
	}
	return fit;
}

/* The bus that has started this program, or that it may talk to, becomes the daemon's. */
static bool take_activation(struct ask *ask)
{
	const char *bus = setting("DBUS_SESSION_BUS_ADDRESS", NULL);
	ask->given[NAME] = setting("DBUS_STARTER_ADDRESS", bus);
	ask->verb = "bus";
	ask->activates = true;
	return ask->given[NAME];
}

static bool parse_usersvc(struct ask *ask, int count, char **words)
{
	bool ended = false;
	for (int i = 1; i < count;) {
		int used = 1;
		if (!ended && words[i][0] == '-') {
			ended = strcmp(words[i], "--") == 0;
			used = ended ? 1 : take_option(ask, words + i);
		} else if (!ask->verb) {
			used = take_verb(ask, words[i]);
		} else {
			ask->names[ask->count++] = words[i];
		}
		if (used == 0)
			return false;
		i += used;
	}
	if (!fits(ask))
		return false;
	bool waits = ask->takes == NAMES_AND_WAIT || ask->given[NOW];
	const char *wait = waits ? setting("SVWAIT", "") : NULL;
	wait = ask->given[WAIT] ? ask->given[WAIT] : wait;
	ask->usual_wait = wait && !*wait;
	wait = ask->usual_wait ? "7" : wait;
	if (wait && !take_wait(ask, wait))
		return false;
	if (!waits)
		ask->wait_ms = -1;
	if (!take_color(ask))
		return false;
	if (strcmp(ask->verb, "activate") == 0 && !take_activation(ask))
		return false;
	return take_instance(ask);
}

/* The letters of svc's options in the order given, each once; the index of the first DIR, count if
 * there is none, 0 if a letter is not one of svc's. */
static int take_letters(struct ask *ask, int count, char **words)
{
	static char letters[16];
	ask->letters = letters;
	for (int i = 1; i < count; i++) {
		const char *option = words[i];
		if (option[0] != '-' || !option[1])
			return i;
		if (strcmp(option, "--") == 0)
			return i + 1;
		while (*++option) {
			if (!strchr("udopchaitkx", *option))
				return 0;
			if (!strchr(letters, *option))
				letters[strlen(letters)] = *option;
		}
	}
	return count;
}

static bool parse_daemontools(struct ask *ask, int count, char **words)
{
	int first = is_called(ask, "svc") ? take_letters(ask, count, words) : 1;
	ask->verb = ask->program;
	ask->takes = NAMES;
	for (int i = first; i < count; i++)
		ask->names[ask->count++] = words[i];
	bool fit = first > 0 && (ask->count == 1 || !is_called(ask, "svok"));
	return fit && (ask->count == 0 || take_instance(ask));
}

bool is_of_manager(const char *program)
{
	return lists(" systemctl systemd-run systemd-escape ", program);
}

/* The words of a program of systemd are the daemon's to read. */
static bool parse_systemd(struct ask *ask, int count, char **words)
{
	ask->verb = ask->program;
	ask->takes = WORDS;
	ask->verbatim = true;
	for (int i = 1; i < count; i++)
		ask->names[ask->count++] = words[i];
	return take_instance(ask);
}

bool parse_line(struct ask *ask, int count, char **words)
{
	bool daemontools = !is_called(ask, "usersvc");
	ask->instance = "";
	ask->wait_ms = -1;
	if (is_of_manager(ask->program))
		return parse_systemd(ask, count, words);
	return (daemontools ? parse_daemontools : parse_usersvc)(ask, count, words);
}
