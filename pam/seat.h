/*
 * The session with a seat that usersvcd is to be in. Whether it is another one than when it was last
 * marked; a mark for what is known, or not; and the move of a process with its descendants.
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

bool is_seat_another(uid_t uid);
void mark_seat(uid_t uid, bool known);
void move_to_seat(uid_t uid, pid_t pid);
