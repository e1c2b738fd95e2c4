/// The supervisor: performs what the state machine decides, follows the scan directory, and offers
/// the operations that every door calls. It knows no system call, no socket and no text format.
///
/// 1. inotify names an entry; the scanner finds out which directory it leads to (device and inode).
///    `PathWatch` watches the way that a link leads, and `os/MountWatch` tells of mounts. Where
///    inotify has no room, `DirectoryPoll` looks.
/// 2. The supervisor opens the directory, of many one after the other; one that a client asks for,
///    at once (`supervise/Finder`). If there is a `supervise`, it takes `supervise/lock` now, or
///    leaves the service to whoever holds it.
/// 3. `Lifecycle` orders control/u, then run; the spawner starts it.
/// 4. When all that is to start has been started: a new `supervise` and its lock (whoever has taken
///    it in between keeps the service, and ours is stopped), the FIFO, the status files, then `ok`.
///    The control socket and the log come up after the first services.
/// 5. What may look at others starts after that, so that `sv start db` in a run works at once: in a
///    tree of up to 16 services each of them, in a larger one those whose run names `sv` and the
///    like, or another text (`supervise/Openings`). To make `supervise` first everywhere would cost
///    a third of the time of all starts.
/// 6. If run's process ends with 0, `supervise/Successors` looks for a child that it has left:
///    setsid(1) forks if it leads a process group, and ends at once. One that leads a session, was
///    forked just before and has run's mark is run from then on, and its group is what is ended as
///    leftovers; so is one without a mark, or that hides it, if no other is meant. If run ended
///    within five seconds it does not count when the child was forked. A younger one that is still
///    in run's session is waited for, 200 ms at most. A setsid(1) that waits (`-w`) hands no signal
///    on: what run is told is told to its child.
@NullMarked
package org.usersvc.daemon.supervise;

import org.jspecify.annotations.NullMarked;
