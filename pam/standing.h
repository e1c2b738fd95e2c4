/* What a process has of its own. */
#pragma once

void become_root(void);
void leave_session(void);
void take_system_defaults(void);
void take_keyring(void);
