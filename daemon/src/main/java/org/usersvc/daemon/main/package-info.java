/// The program: settings, places, wiring, signals, and the daemon's own log.
///
/// `usersvc reexec` and SIGUSR2 have the daemon execute its launcher in place: the process, its
/// children and what it has open stay, the memory goes. The next program takes over by `state`, as
/// after a death, but knows that there was none.
///
/// 1. `main/Rehearsal` runs the launcher with `--version`, as a child: that fails if a file of the
///    class path is missing or cut (`main/Installation`; the JVM alone would take the classes from
///    its cache and notice nothing).
/// 2. `main/Replacement` admits no more clients: they wait in the socket's backlog. Those that are
///    served are waited for, 2 s at most. At the end of a turn the state is written; if that fails,
///    nothing is replaced. The log's thread is paused between two moves; what its ledger says holds
///    for an execve as for a SIGKILL.
/// 3. `os/Reexec` closes all on exec but what `os/KeptDescriptors` knows: FIFOs, locks and named
///    sockets, from the moment they are opened; and the connections of clients that have asked for
///    the replacement. Their numbers, and the limit of open files that services are to get, are in
///    a memfd whose number is in the environment. If execve fails, all is undone.
/// 4. The next program sorts what it was left by device and inode, sockets by their names, and
///    takes a descriptor where it would have opened the very same file: who opens something does
///    not know of all that. The spawner's table loses these descriptors first, as a lock in there
///    would never be released. A lock that was left means that `ok` has never been without a
///    reader: it stays. What nobody has taken when all services are open is closed.
/// 5. `Processes.onEndOf` sees which processes are children, and has their exact exit status from
///    waitid. Whoever has asked is answered.
///
/// A service's `wanted` is kept as it was, also when it was told to exit. Between execve and the
/// JVM's first handlers, some 50 ms, TERM would end the process as it would at any start; SIGUSR2
/// is blocked there, and taken later.
@NullMarked
package org.usersvc.daemon.main;

import org.jspecify.annotations.NullMarked;
