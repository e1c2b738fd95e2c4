/* The attendant: what its parts know of each other. */
#ifndef ATTEND_H
#define ATTEND_H

#include "login.h"

#define STARTED "started"

/* usersvc-attend.c */
extern struct account account;
extern struct config config;
extern int logins;

/* standing.c */
void become_root(void);
void leave_session(void);
void take_system_defaults(void);
void take_keyring(void);

/* logins.c: whether there are new ones, and any at all; their pidfds. */
struct pollfd;
bool scan_logins(void);
bool is_logged_in(void);
size_t login_count(void);
void login_fds(struct pollfd *fds);
void end_logins(const struct pollfd *fds);

/* service.c: the user's service, started and stopped by child processes of the attendant. */
enum { JOB_FD, DAEMON_FD, SERVICE_FDS };
pid_t fork_clean(void);
int open_process(pid_t pid);
bool has_ended(int fd);
void mark_started(const char *text);
const char *runtime_now(void);
bool is_runtime_usual(void);
void mark_stopped(void);
void take_over_service(void);
bool is_service_busy(void);
bool is_service_ours(void);
bool is_service_up(void);
void start_service(void);
void stop_service(void);
bool remove_runtime(void);
void service_fds(int fds[SERVICE_FDS]);
long long service_deadline(void);
void step_service(void);

/* direct.c: usersvcd as a child of the attendant. */
void run_usersvcd(void);
void take_over_usersvcd(void);
void stop_usersvcd(void);
bool is_usersvcd_ending(void);
int usersvcd_fd(void);
long long usersvcd_deadline(void);
void step_usersvcd(void);

#endif
