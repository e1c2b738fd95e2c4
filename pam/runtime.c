/* /run/user/UID: made whole or not at all; emptied by a process of its user, never by root. */
#define _GNU_SOURCE
#include "login.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MARK "runtime"

enum { NO_REPLACE = 1, DEEPEST = 64 };

void runtime_path(uid_t uid, char path[ENTRY_BYTES])
{
	snprintf(path, ENTRY_BYTES, "/run/user/%u", (unsigned)uid);
}

/* A new one has another name until it is the user's. */
static bool make_at(int users, const char *name, const struct account *account)
{
	char fresh[ENTRY_BYTES];
	snprintf(fresh, sizeof fresh, ".usersvc-new-%s", name);
	if (mkdirat(users, fresh, 0700) && errno != EEXIST)
		return false;
	int fd = openat(users, fresh, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	bool made = fd >= 0 && fchmod(fd, 0700) == 0 && fchown(fd, account->uid, account->gid) == 0 &&
		    syscall(SYS_renameat2, users, fresh, users, name, NO_REPLACE) == 0;
	if (fd >= 0)
		close(fd);
	return made;
}

static bool is_private(int users, const char *name, uid_t uid)
{
	struct stat found;
	if (fstatat(users, name, &found, AT_SYMLINK_NOFOLLOW)) {
		complain("/run/user/%s: %s", name, strerror(errno));
		return false;
	}
	if (S_ISDIR(found.st_mode) && found.st_uid == uid && !(found.st_mode & 077))
		return true;
	complain("/run/user/%s is not a private directory of uid %u; remove it or make it one", name,
		 (unsigned)uid);
	return false;
}

/* Whether there is one that is the user's alone. */
bool make_runtime(int logins, const struct account *account)
{
	char name[16];
	struct stat found;
	snprintf(name, sizeof name, "%u", (unsigned)account->uid);
	int users = enter_run("user", true);
	if (users < 0)
		return false;
	if (fstatat(users, name, &found, AT_SYMLINK_NOFOLLOW) && errno == ENOENT &&
	    make_at(users, name, account))
		put_file(logins, MARK, "");
	bool good = is_private(users, name, account->uid);
	close(users);
	return good;
}

/*
 * Takes the directory from its place, if it was made here: from then on a login makes a new one.
 * One that something else is mounted on now stays.
 */
bool set_runtime_aside(int logins, uid_t uid)
{
	char name[16], aside[ENTRY_BYTES];
	snprintf(name, sizeof name, "%u", (unsigned)uid);
	snprintf(aside, sizeof aside, ".usersvc-old-%s", name);
	int users;
	if (unlinkat(logins, MARK, 0) || (users = enter_run("user", false)) < 0)
		return false;
	bool done = is_private(users, name, uid) && renameat(users, name, users, aside) == 0;
	if (!done)
		complain("/run/user/%s stays: %s", name, strerror(errno));
	close(users);
	return done;
}

/* What cannot be removed stays. */
static void empty(int dir, int depth)
{
	DIR *all = fdopendir(dir);
	if (!all) {
		close(dir);
		return;
	}
	for (struct dirent *one; (one = readdir(all));) {
		if (strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0 ||
		    unlinkat(dir, one->d_name, 0) == 0 || depth == DEEPEST)
			continue;
		(void)!fchmodat(dir, one->d_name, 0700, AT_SYMLINK_NOFOLLOW);
		int below = openat(dir, one->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (below >= 0)
			empty(below, depth + 1);
		unlinkat(dir, one->d_name, AT_REMOVEDIR);
	}
	closedir(all);
}

_Noreturn void empty_runtime(const struct account *account)
{
	char path[ENTRY_BYTES];
	become(account);
	snprintf(path, sizeof path, "/run/user/.usersvc-old-%u", (unsigned)account->uid);
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir >= 0)
		empty(dir, 0);
	_exit(0);
}

void drop_runtime(uid_t uid)
{
	char aside[ENTRY_BYTES];
	snprintf(aside, sizeof aside, ".usersvc-old-%u", (unsigned)uid);
	int users = enter_run("user", false);
	if (users < 0)
		return;
	if (unlinkat(users, aside, AT_REMOVEDIR) && errno != ENOENT)
		complain("/run/user/%s: %s; remove it", aside, strerror(errno));
	close(users);
}
