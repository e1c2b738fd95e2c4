/*
 * elogind's session that usersvcd is in, with all that it has started. polkit lets those do more who are in an
 * active session with a seat, and elogind tells that by their cgroup. So they are in that of the newest login
 * with a seat, as if it had started them, and in none after its end. Where elogind kills what is left of a
 * session they are in none.
 */
#define _GNU_SOURCE
#include "seat.h"
#include "files.h"
#include "logins.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ASK "timeout 2 loginctl show-session --property=KillUserProcesses 2> /dev/null"

enum { NAME_BYTES = 40, TEXT_BYTES = 4096, MOST_DEPTH = 500 };

/* The first has the cgroups of sessions in systems with version 1, the others in those with version 2. */
static const struct {
	const char *mark, *directory;
} HIERARCHIES[] = {
	{":name=elogind:/", "/sys/fs/cgroup/elogind"},
	{"0::/", "/sys/fs/cgroup"},
	{"0::/", "/sys/fs/cgroup/unified"},
};

enum { HIERARCHY_COUNT = sizeof HIERARCHIES / sizeof *HIERARCHIES };

/* A name; empty for none. */
struct session {
	char name[NAME_BYTES];
};

static struct session placed;

/* The first part of the path of a process's cgroup, which is the name of a session if elogind knows it. */
static struct session session_of(pid_t pid)
{
	struct session found = {""};
	char path[64], text[TEXT_BYTES];
	snprintf(path, sizeof path, "/proc/%d/cgroup", (int)pid);
	read_text(AT_FDCWD, path, text, sizeof text);
	for (int i = 0; i < HIERARCHY_COUNT; i++) {
		const char *at = strstr(text, HIERARCHIES[i].mark);
		if (!at)
			continue;
		at += strlen(HIERARCHIES[i].mark);
		size_t length = strcspn(at, "/\n");
		if (length < NAME_BYTES)
			memcpy(found.name, at, length);
		break;
	}
	return found;
}

/* Whether elogind, whose directory that is, says that it has a seat and is the user's. */
static bool has_seat(uid_t uid, const struct session *session)
{
	char path[64], text[TEXT_BYTES], owner[24];
	for (const char *at = session->name; *at; at++)
		if (!isalnum((unsigned char)*at))
			return false;
	snprintf(path, sizeof path, "/run/systemd/sessions/%s", session->name);
	snprintf(owner, sizeof owner, "\nUID=%u\n", (unsigned)uid);
	return *session->name && read_text(AT_FDCWD, path, text, sizeof text) &&
	       strstr(text, owner) && strstr(text, "\nSEAT=") && !strstr(text, "\nSTATE=closing");
}

static struct session find_seat(uid_t uid)
{
	struct session best = {""}, one;
	unsigned long long start, latest = 0;
	pid_t pid;
	for (size_t i = 0; next_login(&i, &pid, &start);) {
		one = session_of(pid);
		if (start >= latest && has_seat(uid, &one)) {
			best = one;
			latest = start;
		}
	}
	return best;
}

bool is_seat_another(uid_t uid)
{
	struct session now = find_seat(uid);
	return strcmp(now.name, placed.name) != 0;
}

void mark_seat(uid_t uid, bool known)
{
	if (known)
		placed = find_seat(uid);
	else
		strcpy(placed.name, "?");
}

/* Only elogind knows what it was built and told to do. */
static bool is_left_alive(void)
{
	char answer[64] = "";
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	FILE *loginctl = popen(ASK, "re");
	if (!loginctl)
		return false;
	bool no = fgets(answer, sizeof answer, loginctl) &&
		  strcmp(answer, "KillUserProcesses=no\n") == 0;
	pclose(loginctl);
	return no;
}

static void put(const struct session *session, pid_t pid)
{
	char path[128];
	for (int i = 0; i < HIERARCHY_COUNT; i++) {
		snprintf(path, sizeof path, "%s/%s/cgroup.procs", HIERARCHIES[i].directory, session->name);
		int fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		bool done = dprintf(fd, "%d", (int)pid) > 0;
		close(fd);
		if (done && *session->name)
			return;
	}
}

/* A process that is not elsewhere, then its children: those that it has from now on are where it is. */
static void move(const struct session *from, const struct session *to, pid_t pid, int depth)
{
	char path[300];
	struct session now = session_of(pid);
	if (depth > MOST_DEPTH || strcmp(now.name, from->name))
		return;
	put(to, pid);
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	DIR *tasks = opendir(path);
	for (struct dirent *task; tasks && (task = readdir(tasks));) {
		int child;
		snprintf(path, sizeof path, "/proc/%d/task/%s/children", (int)pid, task->d_name);
		FILE *children = *task->d_name == '.' ? NULL : fopen(path, "re");
		while (children && fscanf(children, "%d", &child) == 1)
			move(from, to, child, depth + 1);
		if (children)
			fclose(children);
	}
	if (tasks)
		closedir(tasks);
}

/* For a process that may wait. */
void move_to_seat(uid_t uid, pid_t pid)
{
	struct session from = session_of(pid), to = find_seat(uid);
	if (*to.name && !is_left_alive())
		*to.name = 0;
	if (strcmp(from.name, to.name))
		move(&from, &to, pid, 0);
}
