/* Whose logins are attended, and how a process becomes that user's. */
#define _GNU_SOURCE
#include "account.h"
#include "files.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOBODY = 65534, MOST_GROUPS = 1024 };

static bool fill_account(const struct passwd *found, struct account *account)
{
	if (!found)
		return false;
	account->uid = found->pw_uid;
	account->gid = found->pw_gid;
	account->name = found->pw_name;
	account->home = *found->pw_dir == '/' ? found->pw_dir : "/";
	account->shell = *found->pw_shell ? found->pw_shell : "/bin/sh";
	return true;
}

bool find_account(const char *user, struct account *account)
{
	struct passwd entry, *found = NULL;
	getpwnam_r(user, &entry, account->bytes, sizeof account->bytes, &found);
	return fill_account(found, account);
}

bool find_account_of(uid_t uid, struct account *account)
{
	struct passwd entry, *found = NULL;
	getpwuid_r(uid, &entry, account->bytes, sizeof account->bytes, &found);
	return fill_account(found, account);
}

/* Shells that are there to keep users from running programs, though /etc/shells may have them. */
static const char *const RESTRICTED[] = {"nologin", "false", "rbash",	  "rksh", "rzsh",
					 "rssh",    "sync",  "git-shell", "true", NULL};

/* As getusershell(3), which is not for the process of somebody else. */
static bool is_listed(const char *shell)
{
	char *line = NULL;
	size_t room = 0;
	bool found = false;
	FILE *shells = fopen("/etc/shells", "re");
	if (!shells)
		return strcmp(shell, "/bin/sh") == 0 || strcmp(shell, "/bin/csh") == 0;
	while (!found && getline(&line, &room, shells) > 0) {
		line[strcspn(line, "# \t\r\n")] = 0;
		found = strcmp(line, shell) == 0;
	}
	free(line);
	fclose(shells);
	return found;
}

static bool has_login_shell(const struct account *account)
{
	const char *slash = strrchr(account->shell, '/');
	const char *name = slash ? slash + 1 : account->shell;
	for (int i = 0; RESTRICTED[i]; i++)
		if (strcmp(name, RESTRICTED[i]) == 0)
			return false;
	return is_listed(account->shell);
}

/* Whether the user is in one of the groups of a list. */
static bool is_in(const struct account *account, const char *groups)
{
	char names[PLACE_BYTES], text[ACCOUNT_BYTES], *left = NULL;
	gid_t own[MOST_GROUPS];
	int count = MOST_GROUPS;
	getgrouplist(account->name, account->gid, own, &count);
	snprintf(names, sizeof names, "%s", groups);
	for (char *name = strtok_r(names, ", \t", &left); name; name = strtok_r(NULL, ", \t", &left)) {
		struct group entry, *found = NULL;
		if (getgrnam_r(name, &entry, text, sizeof text, &found) || !found)
			continue;
		for (int i = 0; i < count && i < MOST_GROUPS; i++)
			if (own[i] == found->gr_gid)
				return true;
	}
	return false;
}

/* This asks for the user's groups, wherever those are kept. */
bool is_admitted(const struct config *config, const struct account *account)
{
	return (!*config->denied || !is_in(account, config->denied)) &&
	       (!*config->allowed || is_in(account, config->allowed));
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
