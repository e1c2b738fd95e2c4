/* /etc/usersvc/pam.conf. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

enum { SIZE_BYTES = 16, PLACE_BYTES = 1024 };

enum init { AUTO, OPENRC, RUNIT, S6, DINIT, DIRECT };

/*
 * grace is in seconds; allowed and denied are names of groups, and no name allows all; an empty usersvcd
 * is the one beside this program; runtime_size is tmpfs's, and 0 has none.
 */
struct config {
	enum init init;
	unsigned grace;
	uid_t min_uid;
	char skip[PLACE_BYTES], allowed[PLACE_BYTES], denied[PLACE_BYTES], usersvcd[PLACE_BYTES];
	char runtime_size[SIZE_BYTES];
	bool unmount_home;
};

void read_config(struct config *config);
bool is_skipped(const struct config *config, const char *service);
