/*
 * /run/user/UID: made whole or not at all; emptied by a process of its user, never by root. Nothing that is
 * mounted in it is entered: what lies there is the user's, in his home or on another machine.
 */
#define _GNU_SOURCE
#include "runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MARK "runtime"
#define SOURCE "usersvc" /* of the tmpfs that is mounted here */

enum { NO_REPLACE = 1, MOST_MOUNTS = 1000, NO_MOUNT = -1, INODES_OF_PAGES = 10 };

void runtime_path(uid_t uid, char path[ENTRY_BYTES])
{
	snprintf(path, ENTRY_BYTES, "/run/user/%u", (unsigned)uid);
}

static void name_of(uid_t uid, char name[ENTRY_BYTES])
{
	snprintf(name, ENTRY_BYTES, "%u", (unsigned)uid);
}

/* Where it is moved to be emptied: who has one there has one that is still to be removed. */
static void name_aside(uid_t uid, char name[ENTRY_BYTES])
{
	snprintf(name, ENTRY_BYTES, ".usersvc-old-%u", (unsigned)uid);
}

static bool find(const char *name, struct facts *facts)
{
	int users = enter_run("user", false);
	bool found = users >= 0 && look(users, name, facts);
	if (users >= 0)
		close(users);
	return found;
}

bool find_runtime(uid_t uid, struct facts *facts)
{
	char name[ENTRY_BYTES];
	name_of(uid, name);
	return find(name, facts);
}

/* A new one has another name until it is the user's. */
static bool make_at(int users, const char *name, const struct account *account)
{
	char fresh[ENTRY_BYTES];
	snprintf(fresh, sizeof fresh, ".usersvc-new-%.20s", name);
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
	struct facts found;
	if (!look(users, name, &found)) {
		complain("/run/user/%s: %s", name, strerror(errno));
		return false;
	}
	if (S_ISDIR(found.mode) && found.uid == uid && !(found.mode & 077))
		return true;
	complain("/run/user/%s is not a private directory of uid %u; remove it or make it one", name,
		 (unsigned)uid);
	return false;
}

/* Whether what this process mounts is seen by all. */
static bool is_in_first_namespace(void)
{
	struct stat own, first;
	return stat("/proc/self/ns/mnt", &own) == 0 && stat("/proc/1/ns/mnt", &first) == 0 &&
	       own.st_dev == first.st_dev && own.st_ino == first.st_ino;
}

/* A file system of its own, so that no user can fill /run. Where none can be mounted it is a directory. */
static void limit_size(int users, const char *name, const struct account *account, const char *size)
{
	char path[ENTRY_BYTES], options[2 * ENTRY_BYTES + 64];
	struct facts around, found;
	bool bare = look(users, ".", &around) && look(users, name, &found) && around.device == found.device;
	if (!bare || strcmp(size, "0") == 0 || !is_in_first_namespace())
		return;
	runtime_path(account->uid, path);
	snprintf(options, sizeof options, "mode=0700,uid=%u,gid=%u,size=%.60s,nr_inodes=%ld",
		 (unsigned)account->uid, (unsigned)account->gid, size,
		 sysconf(_SC_PHYS_PAGES) / INODES_OF_PAGES);
	mount(SOURCE, path, "tmpfs", MS_NOSUID | MS_NODEV, options);
}

/* Whether there is one that is the user's alone. */
bool make_runtime(int logins, const struct account *account, const struct config *config)
{
	char name[ENTRY_BYTES];
	struct facts found;
	name_of(account->uid, name);
	int users = enter_run("user", true);
	if (users < 0)
		return false;
	if (!look(users, name, &found) && errno == ENOENT && make_at(users, name, account))
		put_file(logins, MARK, "");
	if (is_runtime_ours(logins))
		limit_size(users, name, account, config->runtime_size);
	bool good = is_private(users, name, account->uid);
	close(users);
	return good;
}

bool is_runtime_ours(int logins)
{
	struct facts mark;
	return look(logins, MARK, &mark);
}

bool is_runtime_aside(uid_t uid)
{
	char aside[ENTRY_BYTES];
	struct facts found;
	name_aside(uid, aside);
	return find(aside, &found);
}

/*
 * Takes the directory from its place, if it was made here: from then on a login makes a new one. One that
 * root has mounted something on stays, and so does one behind an older one that cannot be removed.
 */
bool set_runtime_aside(int logins, uid_t uid)
{
	char name[ENTRY_BYTES], aside[ENTRY_BYTES];
	struct facts found;
	name_of(uid, name);
	name_aside(uid, aside);
	int users = is_runtime_ours(logins) ? enter_run("user", false) : -1;
	if (users < 0)
		return false;
	bool gone = !look(users, name, &found) && errno == ENOENT;
	bool done = !gone && is_private(users, name, uid) && renameat(users, name, users, aside) == 0;
	if (done || gone)
		unlinkat(logins, MARK, 0);
	else
		complain("/run/user/%s stays: %s", name, strerror(errno));
	close(users);
	return done;
}

/* The number of the mount that a descriptor is in. */
static int mount_of(int fd)
{
	char path[ENTRY_BYTES], text[512];
	snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
	read_text(AT_FDCWD, path, text, sizeof text);
	const char *at = strstr(text, "mnt_id:");
	return at ? atoi(at + strlen("mnt_id:")) : NO_MOUNT;
}

/* Undoes the escapes of mountinfo in place: a backslash and three octal digits. */
static void unescape(char *text)
{
	char *to = text;
	for (; *text; to++)
		if (*text == '\\' && strspn(text + 1, "01234567") >= 3) {
			*to = (char)((text[1] - '0') << 6 | (text[2] - '0') << 3 | (text[3] - '0'));
			text += 4;
		} else
			*to = *text++;
	*to = 0;
}

/*
 * The file at path below a directory, one name after the other: no link is followed. It is the root of that
 * mount, or there is none.
 */
static int open_mount(int dir, char *path, int mount)
{
	int fd = dup(dir);
	for (char *name = strtok(path, "/"); name && fd >= 0; name = strtok(NULL, "/")) {
		int below = openat(fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		close(fd);
		fd = below;
	}
	if (fd >= 0 && mount_of(fd) == mount)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool detach(int users, char *path, int mount)
{
	char magic[ENTRY_BYTES];
	int fd = open_mount(users, path, mount);
	snprintf(magic, sizeof magic, "/proc/self/fd/%d", fd);
	bool done = fd >= 0 && umount2(magic, MNT_DETACH) == 0;
	if (fd >= 0)
		close(fd);
	return done;
}

/* Whether that line of mountinfo is of something below a directory, or on itself of the user's or ours. */
static bool is_within(const char *place, const char *kind, const char *directory)
{
	size_t length = strlen(directory);
	if (strncmp(place, directory, length))
		return false;
	static const char own[] = "tmpfs " SOURCE " ";
	bool removable = strncmp(kind, "fuse", 4) == 0 || strncmp(kind, own, sizeof own - 1) == 0;
	return place[length] == '/' || (place[length] == 0 && removable);
}

/* The outermost mount on or below a directory of /run/user: the last of those with the shortest path. */
static int find_mount(const char *directory, char place[PLACE_BYTES])
{
	static const char prefix[] = "/run/user/";
	char *line = NULL, at[PLACE_BYTES];
	size_t room = 0;
	int mount, found = NO_MOUNT;
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	while (mounts && getline(&line, &room, mounts) > 0) {
		char *kind = strstr(line, " - "), *below = at + sizeof prefix - 1;
		if (!kind || sscanf(line, "%d %*d %*s %*s %1023s", &mount, at) != 2 ||
		    strncmp(at, prefix, sizeof prefix - 1))
			continue;
		unescape(at);
		if (!is_within(below, kind + 3, directory) ||
		    (found != NO_MOUNT && strlen(below) > strlen(place)))
			continue;
		strcpy(place, below);
		found = mount;
	}
	free(line);
	if (mounts)
		fclose(mounts);
	return found;
}

/* With a mount goes what is mounted in it. */
static bool detach_one(int users, const char *directory)
{
	char place[PLACE_BYTES];
	int mount = find_mount(directory, place);
	return mount != NO_MOUNT && detach(users, place, mount);
}

static void detach_all(const char *directory)
{
	int users = enter_run("user", false);
	for (int i = 0; users >= 0 && i < MOST_MOUNTS && detach_one(users, directory); i++)
		;
	if (users >= 0)
		close(users);
}

/* By a close of the session that has been before it was not possible, as services were in it. */
_Noreturn void unmount_home(const struct account *account)
{
	if (strcmp(account->home, "/") && umount2(account->home, UMOUNT_NOFOLLOW) && errno != EINVAL)
		complain("%s stays mounted: %s", account->home, strerror(errno));
	_exit(0);
}

_Noreturn void detach_mounts(uid_t uid)
{
	char name[ENTRY_BYTES];
	name_of(uid, name);
	detach_all(name);
	_exit(0);
}

/* Opens a directory to be emptied; -1 if it is no directory, or something is mounted on it. */
static int open_within(int dir, const char *name, int mount)
{
	char magic[ENTRY_BYTES];
	int place = openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (place < 0)
		return -1;
	int fd = -1;
	if (mount != NO_MOUNT && mount_of(place) == mount) {
		snprintf(magic, sizeof magic, "/proc/self/fd/%d", place);
		(void)!chmod(magic, 0700);
		fd = openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	close(place);
	return fd;
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool unlink_any(int dir, const char *name)
{
	return unlinkat(dir, name, 0) == 0 || unlinkat(dir, name, AT_REMOVEDIR) == 0;
}

/* Empties a directory of top; directories in it that are not empty become directories of top. */
static void flatten(int top, int dir, int mount)
{
	static unsigned count;
	char name[ENTRY_BYTES];
	DIR *all = list(dir);
	if (!all)
		return;
	for (struct dirent *one; (one = readdir(all));) {
		if (is_dots(one->d_name) || unlink_any(dir, one->d_name))
			continue;
		int below = open_within(dir, one->d_name, mount); /* who moves a directory has to write to it */
		if (below < 0)
			continue;
		close(below);
		do
			snprintf(name, sizeof name, ".usersvc-%u", count++);
		while (syscall(SYS_renameat2, dir, one->d_name, top, name, NO_REPLACE) && errno == EEXIST);
	}
	closedir(all);
}

/* One pass over what is left; whether it has removed something. However deep it is, few descriptors. */
static bool empty(int top, int mount)
{
	bool any = false;
	DIR *all = list(top);
	if (!all)
		return false;
	for (struct dirent *one; (one = readdir(all));) {
		if (is_dots(one->d_name))
			continue;
		int dir = unlink_any(top, one->d_name) ? -1 : open_within(top, one->d_name, mount);
		if (dir >= 0) {
			flatten(top, dir, mount);
			close(dir);
		}
		any |= unlink_any(top, one->d_name) || errno == ENOENT;
	}
	closedir(all);
	return any;
}

_Noreturn void empty_runtime(const struct account *account)
{
	char aside[ENTRY_BYTES];
	name_aside(account->uid, aside);
	detach_all(aside);
	int users = enter_run("user", false);
	become(account);
	prctl(PR_SET_DUMPABLE, 1); /* else what /proc has of this process is root's */
	int place = openat(users, aside, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int mount = mount_of(users);
	int top = place >= 0 ? open_within(users, aside, mount) : -1;
	while (top >= 0 && empty(top, mount))
		;
	_exit(0);
}

void drop_runtime(uid_t uid)
{
	char aside[ENTRY_BYTES];
	name_aside(uid, aside);
	int users = enter_run("user", false);
	if (users < 0)
		return;
	if (unlinkat(users, aside, AT_REMOVEDIR) && errno != ENOENT)
		complain("/run/user/%s: %s; the next logout tries again", aside, strerror(errno));
	close(users);
}
