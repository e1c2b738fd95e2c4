/* The user whom this process attends. */
#pragma once

#include "account.h"
#include "files.h"

/* logins is their directory; runtime is what the login has given that started this attendant,
 * else the usual directory. */
struct user {
	struct account account;
	struct config config;
	int logins;
	char usual[ENTRY_BYTES];
	const char *runtime;
};
