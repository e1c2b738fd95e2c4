/// The daemon's own directory below `$XDG_RUNTIME_DIR`, which may be removed, unmounted or mounted
/// over at any time, and come back. Its residents make their files anew then.
///
/// elogind unmounts it at the last logout and mounts another one at the next login; other programs
/// remove it. Services, the log and buses go on meanwhile.
///
/// - `runtime/RuntimeDirectory` watches the path by inotify (`PathWatch`) and the mounts
///   (`os/MountWatch`), and is notified of failed writes. 100 ms after the last change it looks at
///   the path. Where it may, it makes the directory anew; else it waits. It alone logs its loss and
///   its return, once each.
/// - Its files belong to residents: the lock, the state, the ledger, `env/`, the keeper, sockets,
///   the `supervise/` of services (`supervise/Resettlement`, a few a turn). Each compares the file
///   at the path with the one that it has open, and makes missing files anew.
/// - A process keeps the FIFO that it has open, although its name has gone; the next daemon finds
///   it in `/proc/PID/fd`. A FIFO that can have no name now is made in the state directory and
///   loses its name at once.
/// - If the disk is full, failed writes are tried again after 1 s, 2 s and so on up to a minute, or
///   as soon as a file in `$XDG_RUNTIME_DIR` is removed.
/// - The client looks in `$XDG_RUNTIME_DIR`, `/run/user/UID` and `/tmp/usersvc-UID`. If no daemon
///   answers there it looks for one in `/proc` before it advises to start one. A daemon without a
///   socket is just starting, and is waited for.
@NullMarked
package org.usersvc.daemon.runtime;

import org.jspecify.annotations.NullMarked;
