/// The supervisor: performs what the state machine decides, follows the scan directory, and offers
/// the operations that every door calls. It knows no system call, no socket and no text format.
///
/// 1. inotify names an entry; the scanner finds out which directory it leads to (device and inode).
///    `PathWatch` watches the path behind a link, and `os/MountWatch` notices mounts. Where inotify
///    has no room, `DirectoryPoll` polls.
/// 2. The supervisor opens the directories one after the other; one that a client asks for, at once
///    (`supervise/Finder`). If there is a `supervise`, it takes `supervise/lock` now, or leaves the
///    service to the holder of the lock.
/// 3. `Lifecycle` orders control/u, then run; the spawner starts it.
/// 4. When the first services have started, each gets a new `supervise` and its lock, the FIFO, the
///    status files, then `ok`. If another supervisor has taken the lock in between, it keeps the
///    service, and ours is stopped. The control socket and the log come up after the first
///    services.
/// 5. Services that may look at others start after that, so that `sv start db` in a run works at
///    once. In a tree of up to 16 services these are all; in a larger one those whose run names
///    `sv` and the like, or another text (`supervise/StartQueue`). To make `supervise` first
///    everywhere would cost a third of the time of all starts.
/// 6. If run's process ends with 0, `supervise/Successors` looks for a child that it has left:
///    setsid(1) forks if it leads a process group, and ends at once. A child that leads a session,
///    was forked just before and has run's mark is run from then on, and its group is ended as
///    leftovers. A child without a visible mark is run if there is no other candidate. If run ended
///    within five seconds, the time of the fork does not matter. A younger child that is still in
///    run's session is waited for, 200 ms at most. A setsid(1) that waits (`-w`) hands no signal
///    on: commands to run go to its child.
@NullMarked
package org.usersvc.daemon.supervise;

import org.jspecify.annotations.NullMarked;
