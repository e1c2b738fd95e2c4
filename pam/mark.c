/*
 * `started` among the logins is there while the service is up because of us, for an attendant that comes
 * after one that was killed.
 */
#define _GNU_SOURCE
#include "mark.h"

#include <errno.h>
#include <unistd.h>

static enum { DOWN, OURS, FOREIGN } service;

/* Whether there is one, and what it says. */
bool take_over_mark(int logins, char text[ENTRY_BYTES])
{
	if (!read_text(logins, STARTED, text, ENTRY_BYTES) && errno == ENOENT)
		return false;
	service = OURS;
	return true;
}

void mark_started(int logins, const char *text)
{
	service = OURS;
	put_file(logins, STARTED, text);
}

void mark_stopped(int logins)
{
	service = DOWN;
	unlinkat(logins, STARTED, 0);
}

/* One that others have started, and that is theirs to stop. */
void mark_foreign(bool up)
{
	service = up ? FOREIGN : DOWN;
}

bool is_service_ours(void)
{
	return service == OURS;
}

bool is_service_up(void)
{
	return service != DOWN;
}
