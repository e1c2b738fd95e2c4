/* /run/usersvc: who is logged in, and the locks. */
#define _GNU_SOURCE
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ENTRIES = 10000, RETRY_NS = 5000000, NO_REPLACE = 1 };
enum { DONT_SYNC = 0x4000, BASIC_STATS = 0x7ff };

void complain(const char *format, ...)
{
	char line[512];
	va_list values;
	va_start(values, format);
	vsnprintf(line, sizeof line, format, values);
	va_end(values);
	syslog(LOG_AUTHPRIV | LOG_WARNING, "usersvc: %s", line);
}

long long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* All but the first three descriptors. */
void close_others(void)
{
	if (syscall(SYS_close_range, 3U, UINT_MAX, 0U))
		for (long fd = sysconf(_SC_OPEN_MAX) - 1; fd > 2; fd--)
			close((int)fd);
}

/* What fits of a small file; whether there is one. */
bool read_text(int dir, const char *name, char *text, size_t room)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t length = fd < 0 ? 0 : read(fd, text, room - 1);
	if (fd >= 0)
		close(fd);
	text[length > 0 ? length : 0] = 0;
	return fd >= 0;
}

/* Field 22 of /proc/PID/stat, in ticks since boot; 0 if there is no such process. */
unsigned long long start_time(pid_t pid)
{
	char path[32], text[1024];
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	read_text(AT_FDCWD, path, text, sizeof text);
	char *at = strrchr(text, ')');
	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	return at ? strtoull(at, NULL, 10) : 0;
}

/* A directory of root's, made if asked for; -1 if it is not there or others can write to it. */
int enter(int at, const char *name, bool make)
{
	struct stat found;
	bool made = make && mkdirat(at, name, 0755) == 0;
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		complain("%s: %s", name, strerror(errno));
		return -1;
	}
	if (made && (fchown(fd, 0, 0) || fchmod(fd, 0755)))
		complain("%s: %s", name, strerror(errno));
	if (fstat(fd, &found) == 0 && found.st_uid == 0 && !(found.st_mode & 022))
		return fd;
	complain("%s can be written by others than root; chown root and chmod go-w it", name);
	close(fd);
	return -1;
}

/* The kernel's struct statx, which not every C library declares. */
struct answer {
	uint32_t mask, block;
	uint64_t attributes;
	uint32_t links, uid, gid;
	uint16_t mode, padding;
	uint64_t inode, size, blocks, attributes_mask;
	uint32_t times[16];
	uint32_t special_major, special_minor, device_major, device_minor;
	uint64_t reserved[14];
};

/* Neither follows a link nor waits for a file system that is mounted on it. */
bool look(int at, const char *name, struct facts *facts)
{
	struct answer found;
	int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | DONT_SYNC;
	_Static_assert(sizeof found == 256, "the kernel writes that much");
	if (syscall(SYS_statx, at, name, flags, BASIC_STATS, &found))
		return false;
	*facts = (struct facts){
		.uid = found.uid,
		.mode = found.mode,
		.device = (uint64_t)found.device_major << 32 | found.device_minor,
		.inode = found.inode,
	};
	return true;
}

int enter_run(const char *name, bool make)
{
	int run = enter(AT_FDCWD, "/run", false);
	int below = run < 0 ? -1 : enter(run, name, make);
	if (run >= 0)
		close(run);
	return below;
}

/* Of /run: the directories with the logins of users. */
#define LOGINS "usersvc"

/* One that is not there is made; -1 if that fails. */
int open_logins(uid_t uid)
{
	char name[16];
	snprintf(name, sizeof name, "%u", (unsigned)uid);
	int all = enter_run(LOGINS, true);
	if (all < 0)
		return -1;
	int own = enter(all, name, true);
	close(all);
	return own;
}

bool has_logins(uid_t uid)
{
	char path[32];
	struct facts found;
	snprintf(path, sizeof path, "/run/" LOGINS "/%u", (unsigned)uid);
	return look(AT_FDCWD, path, &found);
}

static int open_new(int dir, const char *name, mode_t mode)
{
	int fd = openat(dir, name,
			O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode);
	if (fd >= 0 && (fchown(fd, 0, 0) || fchmod(fd, mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool fill(int fd, const char *text)
{
	size_t length = strlen(text);
	return ftruncate(fd, 0) == 0 && pwrite(fd, text, length, 0) == (ssize_t)length;
}

bool put_file(int dir, const char *name, const char *text)
{
	int fd = open_new(dir, name, 0644);
	if (fd < 0 || !fill(fd, text)) {
		complain("cannot write %s among the logins: %s", name, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	close(fd);
	return true;
}

/* The lock file, held until it is closed; -1 if somebody else holds it for longer. */
int take_lock(int dir, const char *name, int patience_ms)
{
	long long end = now_ms() + patience_ms;
	int fd = open_new(dir, name, 0600);
	if (fd < 0) {
		complain("cannot open %s among the logins: %s", name, strerror(errno));
		return -1;
	}
	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if ((errno != EWOULDBLOCK && errno != EINTR) || now_ms() >= end) {
			close(fd);
			return -1;
		}
		nanosleep(&(struct timespec){.tv_nsec = RETRY_NS}, NULL);
	}
	return fd;
}

/* A decimal number without sign or leading zero, and what follows it. */
static const char *number(const char *text, unsigned long long most, unsigned long long *value)
{
	char *end;
	if (*text < '1' || *text > '9')
		return NULL;
	errno = 0;
	*value = strtoull(text, &end, 10);
	return errno || *value > most ? NULL : end;
}

/* PID.START.N: no name that is one is longer than ENTRY_BYTES. */
bool read_entry(const char *name, pid_t *pid, unsigned long long *start, unsigned *count)
{
	unsigned long long first, last;
	const char *at = number(name, INT_MAX, &first);
	if (!at || *at++ != '.' || !(at = number(at, ULLONG_MAX, start)) || *at++ != '.' ||
	    !(at = number(at, MOST_ENTRIES, &last)) || *at)
		return false;
	*pid = (pid_t)first;
	*count = (unsigned)last;
	return true;
}

/* It appears as a whole, under a name that no other login has. */
bool make_entry(int dir, pid_t pid, const char *text, char entry[ENTRY_BYTES])
{
	char hidden[ENTRY_BYTES];
	unsigned long long start = start_time(pid);
	snprintf(hidden, sizeof hidden, ".%d.%d", (int)pid, (int)getpid());
	if (start == 0 || !put_file(dir, hidden, text))
		return false;
	for (int i = 1; i <= MOST_ENTRIES; i++) {
		snprintf(entry, ENTRY_BYTES, "%d.%llu.%d", (int)pid, start, i);
		if (syscall(SYS_renameat2, dir, hidden, dir, entry, NO_REPLACE) == 0)
			return true;
		if (errno != EEXIST)
			break;
	}
	complain("cannot write %s among the logins: %s", entry, strerror(errno));
	unlinkat(dir, hidden, 0);
	return false;
}

/* What is in a directory that stays open; NULL if it cannot be read. */
DIR *list(int dir)
{
	int copy = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *all = copy < 0 ? NULL : fdopendir(copy);
	if (!all && copy >= 0)
		close(copy);
	return all;
}

/* The latest entry of a process that lives. */
bool find_entry(int dir, pid_t wanted, char entry[ENTRY_BYTES])
{
	pid_t pid;
	unsigned count, latest = 0;
	unsigned long long start, now = start_time(wanted);
	DIR *all = list(dir);
	if (!all)
		return false;
	for (struct dirent *one; (one = readdir(all));)
		if (read_entry(one->d_name, &pid, &start, &count) && pid == wanted &&
		    start == now && count > latest) {
			latest = count;
			strcpy(entry, one->d_name);
		}
	closedir(all);
	return latest > 0;
}
