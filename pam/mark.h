/* Whether the service is up, and because of whom, as far as it is known. */
#pragma once

#include "files.h"

bool take_over_mark(int logins, char text[ENTRY_BYTES]);
void mark_started(int logins, const char *text);
void mark_stopped(int logins);
void mark_foreign(bool up);
bool is_service_ours(void);
bool is_service_up(void);
