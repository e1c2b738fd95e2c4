/// Keeps sessions and the environment: finds and watches leaders, settles changes, writes the
/// mirror.
///
/// 1. `usersvc session register` (or RegisterSession, or SetEnvironment of
///    org.freedesktop.systemd1) brings variables. Those that are only named are read from
///    `/proc/PID/environ` of the client: the request stays small.
/// 2. `activation/LeaderFinder` finds the leader: whoever listens at the Wayland or X socket, as
///    SO_PEERCRED of a connection tells, if he is the user's or root's; else an ancestor of the
///    registrant. `Placement` finds what else ends the session, and whether it is shown in a window
///    of another. A pidfd in the loop tells when a process ends; of our own children the session
///    hears first, and the service that is started again after. `session/Precedence` says what
///    sessions bring together.
/// 3. `Activation` composes base, user's files, sessions, changes by hand. Processes that start get
///    it at once; the mirror and the buses are brought up to date.
/// 4. When nothing has changed for 200 ms, each service that needs a variable compares what it was
///    given with what it would be given. `Lifecycle` ends and starts it, or lets it wait.
///
/// A service that needs variables and has ended by itself is not started again for 200 ms: a
/// display that goes takes its clients with it a moment before its process has ended, and they
/// would be started on what is going.
///
/// `pam/README.md` says how a login is counted, how the first one starts the daemon, and how the
/// last logout stops it. The daemon learns of logins from the same files:
///
/// 1. PAM enters each login as a file `PID.START.N` of `/run/usersvc/UID`. `activation/Logins`
///    watches that directory, or the nearest one above it while it does not exist. It reads the
///    directory first when the first services have been started.
/// 2. An entry is a session if only root could have made it, and its process lives and has that
///    start time. The state file says of a session whether a login keeps it. So the next daemon
///    takes each login over once, and ends the sessions whose entries have gone meanwhile.
/// 3. While there is a file `lingering`, `order/Hold` holds back the services that do not linger.
///    The daemon looks for that file before it starts the first service. For the state machine,
///    being held back is a missing need: the service is ended in `StopOrder`'s order, as if a
///    variable were missing, and waits. No event, phase or effect is new, and what is wanted of a
///    service does not change.
/// 4. A service lingers if its directory has a file `linger`, or if a service that lingers cannot
///    be without it. `Hold` finds that out anew when all services are open, and whenever a
///    definition has changed.
@NullMarked
package org.usersvc.daemon.activation;

import org.jspecify.annotations.NullMarked;
