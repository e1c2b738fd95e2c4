/* The request line: what was asked for, as the JSON that package socket of the daemon describes. */
#define _GNU_SOURCE
#include "request.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Not mine is what is too long, or a path that the Java client knows how to read. */
static struct {
	size_t length;
	bool not_mine;
	char bytes[REQUEST_BYTES];
} request;

static void put(const char *text)
{
	size_t length = strlen(text);
	if (length > sizeof request.bytes - request.length) {
		request.not_mine = true;
		return;
	}
	memcpy(request.bytes + request.length, text, length);
	request.length += length;
}

static void put_escape(unsigned unit)
{
	char escape[12];
	snprintf(escape, sizeof escape, "\\u%04x", unit & 0xffff);
	put(escape);
}

/* A JSON string in ASCII; a stray byte b is the lone surrogate U+DC00 + b. */
static void put_string(const char *text)
{
	put("\"");
	for (const unsigned char *s = (const unsigned char *)text; *s && !request.not_mine;) {
		unsigned point;
		int length = decode(s, &point);
		char plain[3] = {'\\', (char)*s, 0};
		if (length == 0) {
			put_escape(0xdc00 + *s);
		} else if (point >= 0x10000) {
			put_escape(0xd800 + ((point - 0x10000) >> 10));
			put_escape(0xdc00 + (point & 0x3ff));
		} else if (point >= 8 && point <= 13 && point != 11) {
			plain[1] = "btn?fr"[point - 8];
			put(plain);
		} else if (point < 0x20 || point >= 0x80) {
			put_escape(point);
		} else {
			put(point == '"' || point == '\\' ? plain : plain + 1);
		}
		s += length ? length : 1;
	}
	put("\"");
}

/* sv's rule for services, daemontools' for its own programs; a directory is always a path. */
static bool is_path(const struct ask *ask, const char *name)
{
	size_t length = strlen(name);
	if (!is_called(ask, "usersvc"))
		return strchr(name, '/') || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
	return ask->takes == DIRECTORY || *name == '.' || *name == '/' ||
	       (length > 0 && name[length - 1] == '/');
}

/* A path, textually made absolute against the working directory; `..` is the Java client's. */
static void put_path(const struct ask *ask, const char *name)
{
	static char path[2 * REQUEST_BYTES];
	size_t length = 0;
	if (*name != '/' && !getcwd(path, REQUEST_BYTES)) {
		fprintf(stderr, "%s: the working directory is gone\n", ask->program);
		exit(UNREACHABLE);
	}
	if (*name != '/' && strcmp(path, "/") != 0)
		length = strlen(path);
	for (const char *part = name; *part;) {
		size_t n = strcspn(part, "/");
		bool up = n == 2 && strncmp(part, "..", 2) == 0;
		if (up || n >= REQUEST_BYTES || length >= REQUEST_BYTES) {
			request.not_mine = true;
			return;
		}
		if (n > 0 && !(n == 1 && *part == '.')) {
			path[length++] = '/';
			memcpy(path + length, part, n);
			length += n;
		}
		part += n + strspn(part + n, "/");
	}
	path[length] = 0;
	put_string(length ? path : "/");
}

/* The options that are fields; a value is sent as it was typed. */
static void put_options(const struct ask *ask)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (!ALL_OPTIONS[i].verbs || !ask->given[i])
			continue;
		put(",\"");
		put(ALL_OPTIONS[i].word + 2);
		put("\":");
		if (ALL_OPTIONS[i].has_value)
			put_string(ask->given[i]);
		else
			put("true");
	}
}

struct request write_request(const struct ask *ask)
{
	bool words = ask->takes == WORDS || ask->takes == SOME_WORDS || ask->takes == NAMED_WORDS;
	bool array = words || (ask->takes != DIRECTORY && ask->takes != NOTHING);
	put("{\"v\":1,\"verb\":");
	put_string(ask->verb);
	put(words ? ",\"words\":[" : array ? ",\"services\":[" : "");
	put(ask->takes == DIRECTORY ? ",\"dir\":" : "");
	for (size_t i = 0; i < ask->count && !request.not_mine; i++) {
		put(i ? "," : "");
		if (!words && is_path(ask, ask->names[i]))
			put_path(ask, ask->names[i]);
		else
			put_string(ask->names[i]);
	}
	put(array ? "]" : "");
	if (ask->letters) {
		put(",\"letters\":");
		put_string(ask->letters);
	}
	put_options(ask);
	if (ask->wait_ms >= 0 && !ask->usual_wait) {
		char wait[32];
		snprintf(wait, sizeof wait, ",\"wait_ms\":%ld", ask->wait_ms);
		put(wait);
	}
	put(ask->painted ? ",\"color\":true" : "");
	put(ask->given[JSON] ? ",\"format\":\"json\"}\n" : ",\"format\":\"text\"}\n");
	return (struct request){request.bytes, request.not_mine ? 0 : request.length};
}
