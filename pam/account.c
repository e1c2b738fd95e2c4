/* Whose logins are attended, and how a process becomes that user's. */
#define _GNU_SOURCE
#include "login.h"

#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

enum { NOBODY = 65534 };

bool find_account(const char *user, struct account *account)
{
	struct passwd entry, *found = NULL;
	if (getpwnam_r(user, &entry, account->bytes, sizeof account->bytes, &found) || !found)
		return false;
	account->uid = found->pw_uid;
	account->gid = found->pw_gid;
	account->name = found->pw_name;
	account->home = *found->pw_dir == '/' ? found->pw_dir : "/";
	account->shell = *found->pw_shell ? found->pw_shell : "/bin/sh";
	return true;
}

static bool has_login_shell(const struct account *account)
{
	const char *slash = strrchr(account->shell, '/');
	const char *name = slash ? slash + 1 : account->shell;
	return strcmp(name, "nologin") && strcmp(name, "false");
}

/* The name becomes part of names of services and files. */
bool is_attended(const struct config *config, const struct account *account)
{
	return account->uid != 0 && account->uid >= config->min_uid && account->uid != NOBODY &&
	       account->uid != (uid_t)-1 && has_login_shell(account) &&
	       !strchr(account->name, '/') && *account->name != '.' && *account->name != '-';
}

/* For good; who cannot does not go on. */
void become(const struct account *account)
{
	if (initgroups(account->name, account->gid) ||
	    setresgid(account->gid, account->gid, account->gid) ||
	    setresuid(account->uid, account->uid, account->uid) || setuid(0) == 0) {
		complain("cannot become %s", account->name);
		_exit(111);
	}
}
