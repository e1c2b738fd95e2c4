/* The PAM module: tells usersvc of a login and its end, and gives it XDG_RUNTIME_DIR. Never fails one. */
#define _GNU_SOURCE
#include "login.h"

#include <dlfcn.h>
#include <limits.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define DATA "usersvc-login"
#define VISIBLE __attribute__((visibility("default")))

static const char *item(pam_handle_t *handle, int which)
{
	const void *value = NULL;
	return pam_get_item(handle, which, &value) == PAM_SUCCESS && value ? value : "";
}

static const char *variable(const struct login *login, const char *name)
{
	if (strcmp(name, "PAM_SERVICE") == 0)
		return item(login->handle, PAM_SERVICE);
	if (strcmp(name, "PAM_TTY") == 0)
		return item(login->handle, PAM_TTY);
	if (strcmp(name, "PAM_RHOST") == 0)
		return item(login->handle, PAM_RHOST);
	return pam_getenv(login->handle, name);
}

/* The attendant lies beside this module, wherever a link to it is. */
static bool find_attendant(char path[PATH_MAX + 16])
{
	Dl_info self;
	if (!dladdr((void *)find_attendant, &self) || !realpath(self.dli_fname, path))
		return false;
	strcpy(strrchr(path, '/'), "/usersvc-attend");
	return true;
}

static void forget(pam_handle_t *handle, void *entry, int status)
{
	(void)handle;
	(void)status;
	free(entry);
}

static struct login login_of(pam_handle_t *handle, const char *attendant)
{
	return (struct login){.user = item(handle, PAM_USER),
			      .service = item(handle, PAM_SERVICE),
			      .pid = getpid(),
			      .variable = variable,
			      .handle = handle,
			      .attendant = attendant};
}

VISIBLE int pam_sm_open_session(pam_handle_t *handle, int flags, int count, const char **words)
{
	char attendant[PATH_MAX + 16], runtime[ENTRY_BYTES], line[ENTRY_BYTES + 20];
	(void)flags;
	(void)count;
	(void)words;
	if (geteuid() != 0)
		return PAM_IGNORE;
	if (!find_attendant(attendant)) {
		pam_syslog(handle, LOG_ERR, "usersvc-attend is not beside the module");
		return PAM_IGNORE;
	}
	struct login login = login_of(handle, attendant);
	int counted = open_login(&login, runtime);
	if (counted == NOT_COUNTED)
		return PAM_IGNORE;
	char *entry = strdup(login.entry);
	if (entry && pam_set_data(handle, DATA, entry, forget) != PAM_SUCCESS)
		free(entry);
	snprintf(line, sizeof line, "XDG_RUNTIME_DIR=%s", runtime);
	if (counted == COUNTED_WITH_RUNTIME)
		pam_putenv(handle, line);
	return PAM_SUCCESS;
}

VISIBLE int pam_sm_close_session(pam_handle_t *handle, int flags, int count, const char **words)
{
	char attendant[PATH_MAX + 16];
	const void *entry = NULL;
	(void)flags;
	(void)count;
	(void)words;
	if (geteuid() != 0 || !find_attendant(attendant))
		return PAM_IGNORE;
	struct login login = login_of(handle, attendant);
	if (pam_get_data(handle, DATA, &entry) == PAM_SUCCESS && entry)
		snprintf(login.entry, sizeof login.entry, "%s", (const char *)entry);
	close_login(&login);
	return PAM_SUCCESS;
}
