/*
 * The line that tells a person what a command waits for, and how long still. It is shown after half
 * a second, if standard error is a terminal, and erased before anything else is printed. Who
 * interrupts the command is told what goes on without it.
 */
#define _GNU_SOURCE
#include "wait.h"
#include "text.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 500, AGAIN_MS = 1000 };

static const char ERASE[] = "\r\033[K";

static bool shown;
static struct timespec began;
static char parting[512];

static bool is_told(const struct ask *ask)
{
	bool waits = ask->takes == NAMES_AND_WAIT || ask->given[NOW];
	return ask->wait_ms > 0 && waits && is_called(ask, "usersvc") && isatty(STDERR_FILENO);
}

static long since_ms(const struct timespec *moment)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - moment->tv_sec) * 1000 + (now.tv_nsec - moment->tv_nsec) / 1000000;
}

void erase_wait(void)
{
	if (!shown)
		return;
	shown = false;
	fputs(ERASE, stderr);
	fflush(stderr);
}

static void interrupt(int number)
{
	(void)!write(STDERR_FILENO, ERASE, sizeof ERASE - 1);
	(void)!write(STDERR_FILENO, parting, strlen(parting));
	signal(number, SIG_DFL);
	raise(number);
}

/* What the first of the services is doing, as far as the verb tells. */
static const char *doing(const struct ask *ask)
{
	if (ask->given[DOWN] ||
	    lists(" down stop exit shutdown force-stop force-shutdown disable ", ask->verb))
		return "stopping";
	return lists(" check reload ", ask->verb) ? "asked" : "starting";
}

/* A name that has control characters is not put into the text. */
static void compose_parting(const struct ask *ask)
{
	const char *name = ask->names[0];
	bool plain = strlen(name) < 128;
	for (const char *c = name; *c; c++)
		plain = plain && *c > ' ' && *c < 127;
	snprintf(parting, sizeof parting, "usersvc: %s is still %s; usersvc status %s tells\n",
		 plain ? name : "it", doing(ask), plain ? name : "");
}

static void begin(const struct ask *ask)
{
	if (began.tv_sec != 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &began);
	compose_parting(ask);
	struct sigaction action = {.sa_handler = interrupt, .sa_flags = SA_RESETHAND | SA_NODEFER};
	struct sigaction before;
	sigaction(SIGINT, NULL, &before);
	if (before.sa_handler == SIG_DFL)
		sigaction(SIGINT, &action, NULL);
}

static void tell(const struct ask *ask)
{
	long left = ask->wait_ms - since_ms(&began);
	fputs(ERASE, stderr);
	fprintf(stderr, "usersvc %s: waits for ", ask->verb);
	show(stderr, ask->names[0], strlen(ask->names[0]), TERMINAL);
	if (ask->count > 1)
		fprintf(stderr, " and %zu more", ask->count - 1);
	fprintf(stderr, ", %ld s left", left > 0 ? (left + 999) / 1000 : 0);
	fflush(stderr);
	shown = true;
}

void await_answer(const struct ask *ask, int fd, long most_ms)
{
	if (!is_told(ask))
		return;
	begin(ask);
	struct timespec silent;
	clock_gettime(CLOCK_MONOTONIC, &silent);
	struct pollfd answer = {.fd = fd, .events = POLLIN};
	while (since_ms(&silent) < most_ms) {
		int pause = shown || since_ms(&began) >= FIRST_MS ? AGAIN_MS : FIRST_MS;
		int n = poll(&answer, 1, pause);
		if (n > 0 || (n < 0 && errno != EINTR))
			return;
		tell(ask);
	}
	struct timeval at_once = {.tv_usec = 1000};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &at_once, sizeof at_once);
}
