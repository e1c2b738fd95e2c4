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

/* logins.c: whether there are new ones, and any at all; the next one from *at on; their pidfds. */
struct pollfd;
bool next_login(size_t *at, pid_t *pid, unsigned long long *start);
bool scan_logins(void);
bool is_logged_in(void);
size_t login_count(void);
void login_fds(struct pollfd *fds);
void end_logins(const struct pollfd *fds);

/*
 * seat.c: the session with a seat that usersvcd is to be in. Whether it is another one than when it was last
 * marked; a mark for what is known, or not; and the move of a process with its descendants.
 */
bool is_seat_another(void);
void mark_seat(bool known);
void move_to_seat(pid_t pid);

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
bool follow_seat(void);

/* direct.c: usersvcd as a child of the attendant. */
void run_usersvcd(void);
void take_over_usersvcd(void);
void stop_usersvcd(void);
bool is_usersvcd_ending(void);
int usersvcd_fd(void);
pid_t usersvcd_pid(void);
long long usersvcd_deadline(void);
void step_usersvcd(void);

#endif
