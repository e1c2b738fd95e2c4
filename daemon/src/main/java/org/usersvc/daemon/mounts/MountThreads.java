package org.usersvc.daemon.mounts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;

/** The threads of slow mounts, started when their mount is first used. <b>Loop thread only.</b> */
final class MountThreads {
  /** The most slow mounts in use. */
  private static final int MOST = 16;

  private final Map<SlowMount, FileThread> threads = new HashMap<>();
  private final MountTable mounts;
  private final FileThread.Parts parts;

  MountThreads(MountTable mounts, FileThread.Parts parts) {
    this.mounts = mounts;
    this.parts = parts;
  }

  /** The thread for an absolute path, null if that leads to no slow mount. */
  @Nullable FileThread of(String path, boolean follow) throws FileFault {
    var mount = mounts.on(path, follow);
    var thread = mount == null ? null : threads.get(mount);
    if (mount == null || thread != null) {
      return thread;
    }
    if (threads.size() == MOST) {
      throw new FileFault("use", mount + ", one of too many", new Errno(Errno.EMFILE));
    }
    var fresh = new FileThread(mount, parts);
    threads.put(mount, fresh);
    return fresh;
  }

  /** Ends those of mounts that have gone. */
  void endUnmounted() {
    for (var mount : List.copyOf(threads.keySet())) {
      var thread = mounts.has(mount) ? null : threads.remove(mount);
      if (thread != null) {
        thread.end();
      }
    }
  }
}
