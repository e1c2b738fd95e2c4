/*
 * /run/user/UID. The file `runtime` among the logins tells that it was made here. Whatever may wait for a
 * file system of the user's is for a process that nobody waits for: detach_mounts and empty_runtime.
 */
#pragma once

#include "account.h"
#include "files.h"

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
