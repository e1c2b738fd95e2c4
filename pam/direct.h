/* usersvcd as a child of the attendant. */
#pragma once

#include "user.h"

void run_usersvcd(const struct user *user);
void take_over_usersvcd(const struct user *user, char text[ENTRY_BYTES]);
void stop_usersvcd(const struct user *user);
bool is_usersvcd_ending(void);
int usersvcd_fd(void);
pid_t usersvcd_pid(void);
long long usersvcd_deadline(void);
void step_usersvcd(const struct user *user);
