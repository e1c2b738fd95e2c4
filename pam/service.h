/* The user's service, started and stopped by child processes of the attendant. */
#pragma once

#include "user.h"

enum { JOB_FD, DAEMON_FD, SERVICE_FDS };
void take_over_service(const struct user *user);
bool is_service_busy(void);
void start_service(const struct user *user);
void stop_service(const struct user *user);
bool remove_runtime(const struct user *user);
void service_fds(int fds[SERVICE_FDS]);
long long service_deadline(void);
void step_service(const struct user *user);
bool follow_seat(const struct user *user);
