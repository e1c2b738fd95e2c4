package org.usersvc.systemd.engine;

import java.util.Optional;
import java.util.Set;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.ServiceResult;

/** A service at run time. <b>Loop thread only.</b> */
public interface ServiceController extends Controller {
  /** The main process; 0 if there is none. */
  int mainPid();

  /** The process of a command that runs beside it; 0 if there is none. */
  int controlPid();

  /** How it has fared. */
  ServiceResult result();

  /** How often it was started again by {@code Restart=}. */
  int restarts();

  /** What it said of itself last by {@code STATUS=}. */
  String statusText();

  /** What it said last by {@code ERRNO=}; 0 if nothing. */
  int statusErrno();

  /** What it said last by {@code BUSERROR=}; empty if nothing. */
  default String statusBusError() {
    return "";
  }

  /** The kinds of directories that {@link #clean} can remove. */
  default Set<Kind> cleanable() {
    return Set.of();
  }

  /**
   * Removes directories with all that is in them; to be called while nothing of it runs.
   *
   * @param done run when they are removed
   */
  default void clean(Set<Kind> kinds, Runnable done) {
    done.run();
  }

  /** Its last main process; empty before the first. */
  Optional<Main> lastMain();

  /**
   * How a command of the present or the last run has fared; empty if it was not executed, or by an
   * earlier daemon.
   *
   * @param index of the line among those of the step, from 0
   */
  default Optional<Main> command(ExecStep step, int index) {
    return Optional.empty();
  }

  /**
   * A main process, or that of a command. Immutable.
   *
   * @param pid 0 if it could not be executed
   * @param ended empty while it lives
   * @param status empty while it lives
   */
  record Main(
      int pid, Stamps.Stamp began, Optional<Stamps.Stamp> ended, Optional<ExitStatus> status) {
    /** One that lives. */
    public static Main began(int pid, Stamps.Stamp now) {
      return new Main(pid, now, Optional.empty(), Optional.empty());
    }

    /** The same when it has ended. */
    public Main ended(Stamps.Stamp now, ExitStatus how) {
      return new Main(pid, began, Optional.of(now), Optional.of(how));
    }
  }
}
