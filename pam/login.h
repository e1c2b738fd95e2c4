/* What the module, the hook and the attendant share; usersvc-login(8) has the files. */
#ifndef LOGIN_H
#define LOGIN_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { SIZE_BYTES = 16, ENTRY_BYTES = 64, VALUE_BYTES = 256, PLACE_BYTES = 1024, ACCOUNT_BYTES = 16384 };

enum init { AUTO, OPENRC, RUNIT, S6, DINIT, DIRECT };

/*
 * /etc/usersvc/pam.conf; grace is in seconds; allowed and denied are names of groups, and no name allows
 * all; an empty usersvcd is the one beside this program; runtime_size is tmpfs's, and 0 has none.
 */
struct config {
	enum init init;
	unsigned grace;
	uid_t min_uid;
	char skip[PLACE_BYTES], allowed[PLACE_BYTES], denied[PLACE_BYTES], usersvcd[PLACE_BYTES];
	char runtime_size[SIZE_BYTES];
	bool unmount_home;
};

/* One whose logins are attended; the texts lie in bytes. */
struct account {
	uid_t uid;
	gid_t gid;
	const char *name, *home, *shell;
	char bytes[ACCOUNT_BYTES];
};

/* An open PAM session: pid is the application; variable looks into the PAM environment. */
struct login {
	const char *user, *service;
	pid_t pid;
	const char *(*variable)(const struct login *login, const char *name);
	void *handle;
	const char *attendant;
	char entry[ENTRY_BYTES];
};

/* What is known of a file without asking its file system. */
struct facts {
	uid_t uid;
	mode_t mode;
	uint64_t device, inode;
};

/* config.c */
void read_config(struct config *config);
bool is_skipped(const struct config *config, const char *service);

/* files.c: nothing there follows a link, or trusts a directory that others than root can write. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
long long now_ms(void);
void close_others(void);
unsigned long long start_time(pid_t pid);
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

/*
 * runtime.c: /run/user/UID. The file `runtime` among the logins tells that it was made here. Whatever may wait
 * for a file system of the user's is for a process that nobody waits for: detach_mounts and empty_runtime.
 */
void runtime_path(uid_t uid, char path[ENTRY_BYTES]);
bool find_runtime(uid_t uid, struct facts *facts);
bool make_runtime(int logins, const struct account *account, const struct config *config);
bool is_runtime_ours(int logins);
bool is_runtime_aside(uid_t uid);
bool set_runtime_aside(int logins, uid_t uid);
_Noreturn void detach_mounts(uid_t uid);
_Noreturn void empty_runtime(const struct account *account);
void drop_runtime(uid_t uid);
_Noreturn void unmount_home(const struct account *account);

/* account.c */
bool find_account(const char *user, struct account *account);
bool find_account_of(uid_t uid, struct account *account);
bool is_attended(const struct config *config, const struct account *account);
bool is_admitted(const struct config *config, const struct account *account);
void become(const struct account *account);

/* What `usersvc-attend admit` exits with; all else is no answer. */
enum { ADMITTED = 0, NOT_ADMITTED = 3 };

/* login.c: no more than a second, whatever happens. The login is counted if open_login says so. */
enum { NOT_COUNTED, COUNTED, COUNTED_WITH_RUNTIME };
int open_login(struct login *login, char runtime[ENTRY_BYTES]);
void close_login(struct login *login);

#endif
