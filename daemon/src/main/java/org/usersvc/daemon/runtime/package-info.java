/// The daemon's own directory below `$XDG_RUNTIME_DIR`, which may be removed, unmounted or mounted
/// over at any time, and come back. Whoever keeps something in it makes that anew then.
///
/// elogind unmounts it at the last logout and mounts another one at the next login; others remove
/// it. Services, the log and buses go on meanwhile.
///
/// - `runtime/RuntimeDirectory` follows the path by inotify (`PathWatch`) and by the mounts
///   (`os/MountWatch`), and is told by whoever fails to write to it. 100 ms after the last change
///   it looks at the path. Where it may, it makes the directory anew; else it waits. It tells its
///   going and its coming once each, and nobody else tells of them.
/// - What is in it belongs to residents: the lock, the state, the ledger, `env/`, the keeper,
///   sockets, the `supervise/` of services (`supervise/Resettlement`, a few a turn). Each compares
///   what the path leads to with what it has open, and makes anew what is not there.
/// - A process keeps the FIFO that it has open, which has no name any more; the next daemon finds
///   it in `/proc/PID/fd`. A FIFO that can have no name now is made in the state directory and
///   loses its name at once.
/// - If the disk is full, what could not be written is tried again after 1 s, 2 s and so on up to a
///   minute, or as soon as something in `$XDG_RUNTIME_DIR` is removed.
/// - The client looks in `$XDG_RUNTIME_DIR`, `/run/user/UID` and `/tmp/usersvc-UID`. If no daemon
///   answers there it looks for one in `/proc` before it says that one is to be started; one
///   without a socket is just starting, and is waited for.
@NullMarked
package org.usersvc.daemon.runtime;

import org.jspecify.annotations.NullMarked;
