/* /run/usersvc: who is logged in, and the locks; usersvc-login(8) has the files. */
#pragma once

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Files among the logins of a user. */
#define LOCK "lock"
#define ATTENDANT "attendant"
#define STARTED "started"

enum { ENTRY_BYTES = 64 };

/* What is known of a file without asking its file system. */
struct facts {
	uid_t uid;
	mode_t mode;
	uint64_t device, inode;
};

void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
long long now_ms(void);
void close_others(void);
unsigned long long start_time(pid_t pid);
bool read_text(int dir, const char *name, char *text, size_t room);

/* Whether there is a directory, by its name alone: to look whether there is anything to do. */
bool has_logins(uid_t uid);

/* Nothing here follows a link, or trusts a directory that others than root can write. */
int enter(int at, const char *name, bool make);
int enter_run(const char *name, bool make);
int open_logins(uid_t uid);
DIR *list(int dir);
bool look(int at, const char *name, struct facts *facts);
bool put_file(int dir, const char *name, const char *text);
int take_lock(int dir, const char *name, int patience_ms);
bool read_entry(const char *name, pid_t *pid, unsigned long long *start, unsigned *number);
bool make_entry(int dir, pid_t pid, const char *text, char entry[ENTRY_BYTES]);
bool find_entry(int dir, pid_t pid, char entry[ENTRY_BYTES]);
