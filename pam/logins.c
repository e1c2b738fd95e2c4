/* The logins that are counted: their entries, and a pidfd of each. */
#define _GNU_SOURCE
#include "logins.h"
#include "files.h"
#include "process.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An entry; fd is a pidfd, -1 once the process has ended. */
struct attended {
	char entry[ENTRY_BYTES];
	int fd;
};

static struct attended *attended;
static size_t attended_count;

static bool is_known(const char *entry)
{
	for (size_t i = 0; i < attended_count; i++)
		if (strcmp(attended[i].entry, entry) == 0)
			return true;
	return false;
}

static bool add(const char *entry, int fd)
{
	struct attended *more = realloc(attended, (attended_count + 1) * sizeof *more);
	if (!more) {
		complain("no memory for login %s", entry);
		close(fd);
		return false;
	}
	attended = more;
	strcpy(more[attended_count].entry, entry);
	more[attended_count].fd = fd;
	attended_count++;
	return true;
}

/* Takes note of an entry, or removes it if its process has ended; whether it is a new login. */
static bool look_at(int dir, const char *entry)
{
	pid_t pid;
	unsigned count;
	unsigned long long start;
	if (!read_entry(entry, &pid, &start, &count) || is_known(entry))
		return false;
	int fd = open_process(pid);
	if (fd >= 0 && start_time(pid) == start)
		return add(entry, fd);
	if (fd < 0 && errno != ESRCH && errno != EINVAL) {
		complain("cannot watch process %d: %s", (int)pid, strerror(errno));
		return false;
	}
	if (fd >= 0)
		close(fd);
	unlinkat(dir, entry, 0);
	return false;
}

static void forget_removed(int dir)
{
	struct facts found;
	size_t kept = 0;
	for (size_t i = 0; i < attended_count; i++) {
		bool gone = !look(dir, attended[i].entry, &found);
		if (gone && attended[i].fd >= 0)
			close(attended[i].fd);
		if (!gone)
			attended[kept++] = attended[i];
	}
	attended_count = kept;
}

bool scan_logins(int dir)
{
	bool more = false;
	DIR *all = list(dir);
	forget_removed(dir);
	if (!all)
		return false;
	for (struct dirent *one; (one = readdir(all));)
		more |= look_at(dir, one->d_name);
	closedir(all);
	return more;
}

bool is_logged_in(void)
{
	for (size_t i = 0; i < attended_count; i++)
		if (attended[i].fd >= 0)
			return true;
	return false;
}

bool next_login(size_t *at, pid_t *pid, unsigned long long *start)
{
	unsigned count;
	while (*at < attended_count) {
		const struct attended *one = &attended[(*at)++];
		if (one->fd >= 0 && read_entry(one->entry, pid, start, &count))
			return true;
	}
	return false;
}

static void end_login(int dir, struct attended *login)
{
	close(login->fd);
	login->fd = -1;
	unlinkat(dir, login->entry, 0);
}

size_t login_count(void)
{
	return attended_count;
}

void login_fds(struct pollfd *fds)
{
	for (size_t i = 0; i < attended_count; i++)
		fds[i].fd = attended[i].fd;
}

/* Of those whose pidfd says so. */
void end_logins(int dir, const struct pollfd *fds)
{
	for (size_t i = 0; i < attended_count; i++)
		if (fds[i].revents)
			end_login(dir, &attended[i]);
}
