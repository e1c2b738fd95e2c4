/*
 * Candidates for the shells' completion (client/src/completion): words of the client's own from
 * words.h, which a test makes of the Java client's tables; services and sessions from the daemon;
 * definitions from their directories.
 */
#define _GNU_SOURCE
#include "complete.h"
#include "control.h"
#include "words.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_BYTES = 256, PATH_BYTES = 4096, MOST_SERVICES = 20000 };

static struct {
	const char *current, *share;
	const struct word *verb;
	const struct option_word *pending;
	int operands;
	bool ended;
	const char *first;
} line;

static char services[MOST_SERVICES][NAME_BYTES];
static size_t service_count;

static void offer(const char *word, const char *meaning)
{
	if (strncmp(word, line.current, strlen(line.current)) == 0)
		printf("%s\t%s\n", word, meaning);
}

/* ---- the daemon's knowledge ---- */

/*
 * The value of a member of a JSON object, if it is a string without escapes, or a number; false: it
 * is not there.
 */
static bool take_member(const char *json, const char *name, char *value, size_t room)
{
	char key[64];
	snprintf(key, sizeof key, "\"%s\":", name);
	const char *found = strstr(json, key);
	if (!found)
		return false;
	found += strlen(key);
	bool text = *found == '"';
	found += text;
	size_t length = strcspn(found, text ? "\"" : ",}");
	if (length == 0 || length >= room || memchr(found, '\\', length))
		return false;
	memcpy(value, found, length);
	value[length] = 0;
	return true;
}

static bool starts(void)
{
	return lists(" up start once ", line.verb->word);
}

static bool needs_process(void)
{
	return lists(" down stop exit term kill pause cont hup alarm interrupt quit 1 2 reload "
		     "try-restart shutdown force-stop force-reload force-shutdown ",
		     line.verb->word);
}

static void offer_service(const char *json)
{
	char name[NAME_BYTES], state[64], pid[16];
	if (!take_member(json, "name", name, sizeof name) ||
	    !take_member(json, "state", state, sizeof state) ||
	    !take_member(json, "pid", pid, sizeof pid))
		return;
	bool lives = strcmp(pid, "0") != 0 || strcmp(state, "done") == 0;
	if ((starts() && lives) || (needs_process() && !lives))
		return;
	offer(name, state);
	/* Its log service is offered when it is asked for. */
	char logger[NAME_BYTES + 4];
	snprintf(logger, sizeof logger, "%s/log", name);
	if (strchr(line.current, '/') && strstr(json, "\"log\":{"))
		offer(logger, "its log service");
}

static void keep_service(const char *json)
{
	if (service_count < MOST_SERVICES &&
	    take_member(json, "name", services[service_count], sizeof *services))
		service_count++;
}

static void offer_session(const char *json)
{
	char id[16], name[NAME_BYTES];
	if (take_member(json, "id", id, sizeof id))
		offer(id, take_member(json, "name", name, sizeof name) ? name : "session");
}

/* Zero but for what is asked. */
static struct ask request;

/* Gives each line of the daemon's answer to take; without a daemon there is none. */
static void ask(const char *verb, enum takes takes, void (*take)(const char *json))
{
	request.program = "usersvc";
	request.verb = verb;
	request.takes = takes;
	request.instance = setting("USERSVC_INSTANCE", "");
	request.wait_ms = -1;
	request.given[JSON] = request.given[QUIET] = "";
	request.each_line = take;
	exchange(&request, write_request(&request));
}

static void ask_services(void (*take)(const char *json))
{
	request.given[ALL] = "";
	ask("list", NOTHING, take);
}

static void ask_sessions(void)
{
	request.names[request.count++] = "list";
	ask("session", WORDS, offer_session);
}

/* ---- definitions ---- */

static bool is_service(const char *name)
{
	for (size_t i = 0; i < service_count; i++)
		if (strcmp(services[i], name) == 0)
			return true;
	return false;
}

/* Those of a directory. enable is offered what is no service, disable what is one; others all. */
static void offer_definitions_in(const char *directory)
{
	DIR *open = opendir(directory);
	struct dirent *entry;
	bool enable = strcmp(line.verb->word, "enable") == 0;
	bool disable = strcmp(line.verb->word, "disable") == 0;
	while (open && (entry = readdir(open))) {
		char run[PATH_BYTES];
		snprintf(run, sizeof run, "%s/%s/run", directory, entry->d_name);
		if (*entry->d_name == '.' || access(run, F_OK) != 0)
			continue;
		bool service = is_service(entry->d_name);
		if (!(enable && service) && !(disable && !service))
			offer(entry->d_name, service ? "enabled" : directory);
	}
	if (open)
		closedir(open);
}

static void offer_definitions(void)
{
	char own[PATH_BYTES];
	const char *config = setting("XDG_CONFIG_HOME", NULL);
	ask_services(keep_service);
	snprintf(own, sizeof own, "%s%s/sv", config ? config : setting("HOME", ""),
		 config ? "" : "/.config");
	offer_definitions_in(own);
	offer_definitions_in("/etc/usersvc/sv");
	snprintf(own, sizeof own, "%s/usersvc/sv", line.share);
	offer_definitions_in(own);
	if (strcmp(own, "/usr/share/usersvc/sv") != 0)
		offer_definitions_in("/usr/share/usersvc/sv");
}

/* ---- words of the client's own ---- */

static void offer_verbs(void)
{
	for (const struct word *verb = VERB_WORDS; verb->word; verb++)
		offer(verb->word, verb->meaning);
}

static void offer_options(void)
{
	for (const struct option_word *option = OPTION_WORDS; option->word; option++) {
		bool fits = !option->verbs || (line.verb && lists(option->verbs, line.verb->word));
		if (!fits)
			continue;
		offer(option->word, option->meaning);
		if (option->letter)
			offer(option->letter, option->meaning);
	}
}

static void offer_sub_verbs(void)
{
	for (const struct sub_verb *word = SUB_VERBS; word->word; word++)
		if (strcmp(word->verb, line.verb->word) == 0)
			offer(word->word, word->meaning);
}

static void offer_all(const char *const *words)
{
	for (; *words; words++)
		offer(*words, "");
}

static void offer_value(void)
{
	static const char *const whens[] = {"auto", "always", "never", NULL};
	static const char *const signals[] = {"HUP", "INT", "QUIT", "KILL", "USR1", "USR2", "ALRM",
					      "TERM", "CONT", "STOP", "WINCH", NULL};
	const char *word = line.pending->word;
	if (strcmp(word, "--color") == 0)
		offer_all(whens);
	else if (strcmp(word, "--signal") == 0)
		offer_all(signals);
	else if (strcmp(word, "--service") == 0)
		ask_services(offer_service);
}

/* ---- what stands before the cursor ---- */

static const struct word *verb_of(const char *word)
{
	const struct word *verb = VERB_WORDS;
	while (verb->word && strcmp(verb->word, word) != 0)
		verb++;
	return verb->word ? verb : NULL;
}

static const struct option_word *option_with_value(const char *word)
{
	for (const struct option_word *option = OPTION_WORDS; option->word; option++)
		if (option->has_value &&
		    (strcmp(option->word, word) == 0 ||
		     (option->letter && strcmp(option->letter, word) == 0)))
			return option;
	return NULL;
}

static void read_word(const char *word)
{
	if (line.pending) {
		if (strcmp(line.pending->word, "--instance") == 0)
			setenv("USERSVC_INSTANCE", word, 1);
		line.pending = NULL;
	} else if (!line.ended && strcmp(word, "--") == 0) {
		line.ended = true;
	} else if (!line.ended && *word == '-') {
		line.pending = option_with_value(word);
	} else if (!line.verb) {
		line.verb = verb_of(word);
	} else if (line.operands++ == 0) {
		line.first = word;
	}
}

static void offer_words(void)
{
	if (line.operands == 0)
		offer_sub_verbs();
	else if (strcmp(line.verb->word, "session") == 0 && lists(" show unregister ", line.first))
		ask_sessions();
	else if (strcmp(line.first, "diff") == 0)
		ask_services(offer_service);
}

static void offer_operands(void)
{
	static const char *const on_off[] = {"on", "off", NULL};
	const char *takes = line.verb->takes;
	if (lists(" NAMES_AND_WAIT NAMES NAMES_OR_ALL UNITS ", takes))
		ask_services(offer_service);
	else if (lists(" AVAILABLE AVAILABLE_OR_ALL SHOWN ", takes) ||
		 (lists(" FILE OVERRIDE ", takes) && line.operands == 0))
		offer_definitions();
	else if (strcmp(takes, "WORDS") == 0)
		offer_words();
	else if (strcmp(takes, "VERB") == 0)
		offer_verbs();
	else if (strcmp(takes, "LINGERER") == 0 && line.operands == 0)
		offer_all(on_off);
	else if (strcmp(takes, "DIRECTORY") == 0)
		puts(":directories");
	if (strcmp(takes, "UNITS") == 0)
		puts(":files");
	else if (strcmp(takes, "PROGRAM") == 0)
		puts(line.operands == 0 ? ":commands" : ":files");
}

int complete(int count, char **words, const char *share)
{
	line.current = count > 0 ? words[count - 1] : "";
	line.share = share;
	for (int i = 0; i < count - 1; i++)
		read_word(words[i]);
	if (line.pending)
		offer_value();
	else if (*line.current == '-' && !line.ended)
		offer_options();
	else if (line.verb)
		offer_operands();
	else
		offer_verbs();
	return 0;
}
