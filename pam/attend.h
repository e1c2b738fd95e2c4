/* The attendant: what its two parts know of each other. */
#ifndef ATTEND_H
#define ATTEND_H

#include "login.h"

/* usersvc-attend.c */
extern struct account account;
extern struct config config;
extern int logins;

/* service.c: the user's service, started and stopped by child processes of the attendant. */
enum { JOB_FD, DAEMON_FD, SERVICE_FDS };
void take_over_service(void);
bool is_service_busy(void);
bool is_service_ours(void);
bool is_service_up(void);
bool start_service(void);
void stop_service(void);
bool remove_runtime(void);
void service_fds(int fds[SERVICE_FDS]);
long long service_deadline(void);
void step_service(void);

#endif
