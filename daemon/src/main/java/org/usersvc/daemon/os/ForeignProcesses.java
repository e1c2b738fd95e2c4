package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.process.EndListener;

/**
 * Processes that are not children of the daemon. A pidfd notifies us when one ends; without a free
 * descriptor this is tried again each second. The exit status comes from the pidfd once the process
 * is reaped (PIDFD_INFO_EXIT, Linux 6.15), and from /proc until then.
 */
final class ForeignProcesses {
  private static final Libc.Function SYSCALL = function("syscall");
  private static final Libc.Function IOCTL = function("ioctl");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function KILL = function("kill");
  private static final int PIDFD_OPEN = 434;
  private static final int PIDFD_SEND_SIGNAL = 424;

  /** {@code _IOWR(0xFF, 11, struct pidfd_info)} of linux/pidfd.h, in its first version. */
  private static final long PIDFD_GET_INFO = 0xC040_FF0BL;

  private static final int INFO_SIZE = 64;
  private static final int INFO_EXIT_CODE = 60;
  private static final long PIDFD_INFO_EXIT = 1 << 3;

  private static final int ESRCH = 3;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(INFO_SIZE);
  private final OwnCredentials own = new OwnCredentials(libc);
  private final FileSystem files;
  private final EventLoop loop;

  ForeignProcesses(FileSystem files, EventLoop loop) {
    this.files = files;
    this.loop = loop;
  }

  /** See {@link org.usersvc.daemon.process.Processes#onEndOf}. */
  @Nullable Runnable onEndOf(int pid, EndListener onEnd) {
    var wait = new Wait(pid, onEnd);
    return wait.begin() ? wait::end : null;
  }

  /** The wait for one process. */
  private final class Wait {
    private final int pid;
    private final EndListener onEnd;
    private final Alarm again = new Alarm(loop.timers());
    private int pidfd = -1;

    private Wait(int pid, EndListener onEnd) {
      this.pid = pid;
      this.onEnd = onEnd;
    }

    /** False if there is no such process. */
    private boolean begin() {
      pidfd = libc.call(SYSCALL, PIDFD_OPEN, pid, 0);
      if (pidfd >= 0) {
        loop.onReadable(pidfd, this::ended);
      } else if (libc.call(KILL, pid, 0) == 0 || libc.errno() != ESRCH) {
        again.set(LOOK_AGAIN, this::lookAgain);
      } else {
        return false;
      }
      return true;
    }

    private void lookAgain() {
      if (!begin()) {
        onEnd.ended(pid, ExitStatus.UNKNOWN);
      }
    }

    private void ended() {
      var status = statusOf(pid, pidfd);
      end();
      onEnd.ended(pid, status);
    }

    private void end() {
      again.clear();
      if (pidfd >= 0) {
        loop.forget(pidfd);
        libc.call(CLOSE, pidfd);
        pidfd = -1;
      }
    }
  }

  /** It may be reaped at any moment, and its pid reused: its identity is checked last. */
  private ExitStatus statusOf(int pid, int pidfd) {
    var status = kept(pidfd);
    if (status != null) {
      return status;
    }
    var read = ofZombie(pid);
    status = kept(pidfd);
    if (status != null) {
      return status;
    }
    return isReaped(pidfd) ? ExitStatus.UNKNOWN : read;
  }

  /** The status that the kernel has kept of a reaped process. */
  private @Nullable ExitStatus kept(int pidfd) {
    long info = scratch.reset().take(INFO_SIZE);
    scratch.fill(info, INFO_SIZE, 0);
    scratch.putLong(info, PIDFD_INFO_EXIT);
    boolean answered = libc.call(IOCTL, pidfd, PIDFD_GET_INFO, info) == 0;
    return answered && (scratch.getLong(info) & PIDFD_INFO_EXIT) != 0
        ? ExitStatus.ofWait(scratch.getInt(info + INFO_EXIT_CODE))
        : null;
  }

  /** To other users the kernel shows 0, as for success. */
  private ExitStatus ofZombie(int pid) {
    var stat = ProcessStat.of(files, pid);
    boolean shown =
        stat != null && stat.isZombie() && (stat.exitCode() != 0 || own.areThoseOf(files, pid));
    return stat != null && shown ? ExitStatus.ofWait(stat.exitCode()) : ExitStatus.UNKNOWN;
  }

  private boolean isReaped(int pidfd) {
    return libc.callLong(SYSCALL, PIDFD_SEND_SIGNAL, pidfd, 0, 0, 0, 0) != 0
        && libc.errno() == ESRCH;
  }
}
