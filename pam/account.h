/* Accounts of users. */
#pragma once

#include "config.h"

enum { ACCOUNT_BYTES = 16384 };

/* One whose logins are attended; the texts lie in bytes. */
struct account {
	uid_t uid;
	gid_t gid;
	const char *name, *home, *shell;
	char bytes[ACCOUNT_BYTES];
};

bool find_account(const char *user, struct account *account);
bool find_account_of(uid_t uid, struct account *account);
bool is_attended(const struct config *config, const struct account *account);
bool is_admitted(const struct config *config, const struct account *account);
void become(const struct account *account);
