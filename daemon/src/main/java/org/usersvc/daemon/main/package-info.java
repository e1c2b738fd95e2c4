/// The program: settings, places, wiring, signals, and the daemon's own log.
///
/// `usersvc reexec` and SIGUSR2 have the daemon execute its launcher in place: the process, its
/// children and its open files stay, the memory goes. The next program takes over by `state`, as
/// after a death, but knows that the daemon has not died.
///
/// 1. `main/VersionProbe` runs the launcher with `--version`, as a child, which fails if a file of
///    the class path is missing or cut (`main/Installation`; the JVM alone would take the classes
///    from its cache and not notice).
/// 2. `main/Replacement` admits no more clients: they wait in the socket's backlog. It waits for
///    the clients being served, 2 s at most. At the end of a turn the state is written; if that
///    fails, the replacement fails. The log's thread is paused between two moves; its ledger works
///    after an execve as after a SIGKILL.
/// 3. `os/Reexec` closes all descriptors on exec but those that `os/KeptDescriptors` knows: FIFOs,
///    locks and named sockets, from the moment they are opened; and the connections of clients that
///    have asked for the replacement. Their numbers, and the services' limit of open files, are in
///    a memfd whose number is in the environment. If execve fails, all this is undone.
/// 4. The next program sorts the inherited descriptors by device and inode, sockets by their names.
///    When a file is opened, it takes the inherited descriptor of the same file instead; the code
///    that opens does not notice. The spawner's table loses these descriptors first, as a lock in
///    there would never be released. With an inherited lock `ok` has always had a reader, so it
///    stays. Descriptors that are not taken when all services are open are closed.
/// 5. `Processes.onEndOf` sees which processes are children, and gets their exact exit status from
///    waitid. The waiting clients are answered.
///
/// A service's `wanted` stays as it was, also if it is exit. Between execve and the JVM's first
/// handlers, some 50 ms, TERM ends the process as at any start; SIGUSR2 is blocked for that time,
/// and taken later.
@NullMarked
package org.usersvc.daemon.main;

import org.jspecify.annotations.NullMarked;
