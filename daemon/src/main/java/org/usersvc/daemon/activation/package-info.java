/// Keeps sessions and the environment: finds and watches leaders, settles changes, writes the
/// mirror.
///
/// 1. `usersvc session register` (or RegisterSession, or SetEnvironment of
///    org.freedesktop.systemd1) registers variables. If it only names one, the daemon reads it from
///    the client's `/proc/PID/environ`, so that the request stays small.
/// 2. `activation/LeaderFinder` finds the leader: the process that listens at the Wayland or X
///    socket by SO_PEERCRED of a connection, if it is the user's or root's; else an ancestor of the
///    registrant. `Placement` finds the other process whose end ends the session, and the session
///    that shows it in a window. A pidfd in the loop reports when a process ends; for a child of
///    the daemon the session is notified before its service. `session/Precedence` merges the
///    variables of all sessions.
/// 3. `Activation` composes base, user's files, sessions, changes by hand. New processes get it at
///    once; the mirror and the buses are brought up to date.
/// 4. When nothing has changed for 200 ms, each service that needs a variable compares its own
///    values with the current ones. `Lifecycle` ends and starts it, or lets it wait.
///
/// A service that needs variables and has ended by itself is not started again for 200 ms: the
/// clients of a display end a moment before its process, and would be started on a display that is
/// ending.
///
/// `pam/README.md` says how a login is counted, how the first one starts the daemon, and how the
/// last logout stops it. The daemon learns of logins from the same files:
///
/// 1. PAM enters each login as a file `PID.START.N` of `/run/usersvc/UID`. `activation/Logins`
///    watches that directory, or the nearest one above it while it does not exist. It reads the
///    directory for the first time when the first services have been started.
/// 2. An entry is a session if only root could have made it, and its process lives and has that
///    start time. The state file records whether a session is a login's. So the next daemon takes
///    over each login once, and ends the sessions whose entries have gone.
/// 3. While there is a file `lingering`, `order/LingerHold` holds back the services that do not
///    linger. The daemon looks for that file before it starts the first service. For the state
///    machine, being held back is a missing need: the service is ended in `StopOrder`'s order and
///    waits. It needs no event, phase or effect of its own, and what is wanted of a service does
///    not change.
/// 4. A service lingers if its directory has a file `linger`, or if a service that lingers needs
///    it. `LingerHold` works this out again when all services are open, and whenever a definition
///    has changed.
@NullMarked
package org.usersvc.daemon.activation;

import org.jspecify.annotations.NullMarked;
