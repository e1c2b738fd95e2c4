package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.loop.EventLoop;

/**
 * Notices mounts and unmounts: the kernel reports them as an error condition of {@code
 * /proc/self/mountinfo} (proc_pid_mountinfo(5)). Without {@code /proc} it notices nothing. <b>Loop
 * thread only.</b>
 */
public final class MountWatch {
  private static final Libc.Function OPEN = function("open");
  private static final int CLOEXEC = 02000000;

  private final List<Runnable> listeners = new ArrayList<>();

  /** Begins to watch the mounts of this process. */
  public MountWatch(EventLoop loop) {
    int mounts = new Libc().call(OPEN, new Scratch(64).text("/proc/self/mountinfo"), CLOEXEC, 0);
    if (mounts >= 0) {
      loop.onReadable(mounts, () -> List.copyOf(listeners).forEach(Runnable::run));
      loop.interest(mounts, false, false); // it is always readable; errors are reported in any case
    }
  }

  /** Runs the action after each change, in the order in which actions were given. */
  public void onChange(Runnable action) {
    listeners.add(action);
  }
}
