/*
 * usersvc-keeper RUNTIME-DIRECTORY: holds what lies in the FIFOs of RUNTIME-DIRECTORY/pipes while no
 * usersvcd does. The kernel keeps the contents of a FIFO only as long as somebody has it open, and
 * a reader sees its end when nobody has it open for writing: so this process has all of them open
 * for both, and neither reads nor writes.
 *
 * It also keeps its descriptors 3 and 4 open, if it is started with them: the ends of a pair of
 * sockets, in whose queue usersvcd puts what is to outlive it, such as sockets that listen. The next
 * usersvcd takes these two from this process by pidfd_getfd(2).
 *
 * It follows the directory by inotify and talks to nobody. The file RUNTIME-DIRECTORY/keeper is locked
 * while it lives, holds its pid, and ends it by being removed. If another one lives it ends at
 * once, with status 0.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char LOCK[] = "keeper";
static const char PIPES[] = "pipes";

struct held {
	char *name;
	int descriptor;
};

static struct held *held;
static size_t count, room;
static int pipes = -1;

static void fail(const char *what)
{
	fprintf(stderr, "usersvc-keeper: %s: %s\n", what, strerror(errno));
	exit(111);
}

static struct held *find(const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(held[i].name, name) == 0)
			return &held[i];
	return NULL;
}

static void release(struct held *entry)
{
	if (!entry)
		return;
	close(entry->descriptor);
	free(entry->name);
	*entry = held[--count];
}

static bool make_room(void)
{
	size_t wanted = room ? 2 * room : 64;
	struct held *more;

	if (count < room)
		return true;
	more = realloc(held, wanted * sizeof *held);
	if (!more)
		return false;
	held = more;
	room = wanted;
	return true;
}

static bool is_same(const struct held *entry, const struct stat *found)
{
	struct stat known;

	return fstat(entry->descriptor, &known) == 0 && known.st_dev == found->st_dev
	       && known.st_ino == found->st_ino;
}

/* One that cannot be held is as it would be without this process. */
static void hold(const char *name)
{
	int descriptor = openat(pipes, name, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	struct held *before = find(name);
	struct stat found;
	char *copy;

	if (descriptor < 0)
		return;
	if (fstat(descriptor, &found) != 0 || !S_ISFIFO(found.st_mode)
	    || (before && is_same(before, &found))) {
		close(descriptor);
		return;
	}
	release(before);
	copy = strdup(name);
	if (copy && make_room()) {
		held[count++] = (struct held){copy, descriptor};
	} else {
		free(copy);
		close(descriptor);
	}
}

static bool is_removed(int descriptor)
{
	struct stat found;

	return fstat(descriptor, &found) != 0 || found.st_nlink == 0;
}

/* All that is there, and nothing else: at first, and after the kernel has lost events. */
static void hold_all(void)
{
	DIR *directory = fdopendir(openat(pipes, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	struct dirent *entry;

	if (!directory)
		fail(PIPES);
	for (size_t i = count; i-- > 0;)
		if (is_removed(held[i].descriptor))
			release(&held[i]);
	while ((entry = readdir(directory)))
		if (entry->d_name[0] != '.')
			hold(entry->d_name);
	closedir(directory);
}

static int lock(void)
{
	int file = open(LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (file < 0)
		fail(LOCK);
	if (flock(file, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			exit(0);
		fail(LOCK);
	}
	/* On a full disk its pid is not known, and its end goes unnoticed. */
	if (ftruncate(file, 0) == 0)
		dprintf(file, "%ld\n", (long)getpid());
	return file;
}

/* As many as it may have: the daemon may have that many, too. */
static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* The next usersvcd is no ancestor of this process; where Yama is, it asks for more than the user. */
static void admit_others(void)
{
#ifdef PR_SET_PTRACER
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
#endif
}

/* Nothing of what its starter has open is to stay open for its sake. */
static void let_go(void)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int i = 0; nothing >= 0 && i < 3; i++)
		dup2(nothing, i);
	if (nothing > 2)
		close(nothing);
}

static void heed(const struct inotify_event *event)
{
	if (event->mask & IN_Q_OVERFLOW)
		hold_all();
	else if (event->len > 0 && event->mask & (IN_CREATE | IN_MOVED_TO))
		hold(event->name);
	else if (event->len > 0)
		release(find(event->name));
}

static void follow(int news, int file)
{
	_Alignas(struct inotify_event) char block[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];

	while (!is_removed(file)) {
		ssize_t length = read(news, block, sizeof block);

		if (length < 0 && errno != EINTR)
			fail("inotify");
		for (ssize_t at = 0; at < length;) {
			const struct inotify_event *event = (const void *)(block + at);

			heed(event);
			at += (ssize_t)(sizeof *event + event->len);
		}
	}
}

int main(int argc, char **argv)
{
	int file, news;

	if (argc != 2 || argv[1][0] != '/') {
		fputs("usage: usersvc-keeper RUNTIME-DIRECTORY\n", stderr);
		return 100;
	}
	if (chdir(argv[1]) != 0)
		fail(argv[1]);
	file = lock();
	admit_others();
	raise_limit();
	pipes = open(PIPES, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	news = inotify_init1(IN_CLOEXEC);
	if (pipes < 0 || news < 0)
		fail(PIPES);
	if (inotify_add_watch(news, LOCK, IN_ATTRIB | IN_DELETE_SELF) < 0
	    || inotify_add_watch(news, PIPES, IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM) < 0)
		fail("inotify");
	if (chdir("/") != 0)
		fail("/");
	hold_all();
	let_go();
	follow(news, file);
	return 0;
}
