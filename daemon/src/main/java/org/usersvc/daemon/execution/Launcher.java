package org.usersvc.daemon.execution;

import java.util.ArrayList;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.process.EndListener;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/**
 * Launches programs whose files are named by their paths: it opens them, and knows by that which
 * step of a start has failed. <b>Loop thread only.</b>
 */
public final class Launcher {
  private static final int FIRST_PASSED = 3;

  private final FileSystem files;
  private final Processes processes;

  /** A step of a start, in this order. */
  public enum Step {
    /** To open the working directory. */
    DIRECTORY,
    INPUT,
    OUTPUT,
    ERROR,
    /** To make the process and execute the program. */
    PROGRAM
  }

  /** Is notified of the start and the end of a program. */
  public interface Listener {
    /** The program is executed: execve(2) has succeeded. */
    void started(int pid);

    /** It is not executed; no other notification follows. */
    void failed(Step step, Errno errno);

    /** It has ended. */
    void ended(int pid, ExitStatus status);
  }

  public Launcher(FileSystem files, Processes processes) {
    this.files = files;
    this.processes = processes;
  }

  /**
   * Launches a program, in a session of its own. The listener may be called before this returns.
   * The descriptors that it names must stay open until the listener is called.
   */
  public Execution launch(Launch launch, Listener listener) {
    var opened = new Opened(files);
    var at = Step.DIRECTORY;
    try {
      var place = opened.directory(launch.directory());
      var streams = launch.streams();
      at = Step.INPUT;
      opened.add(0, streams.input());
      at = Step.OUTPUT;
      opened.add(1, streams.output());
      at = Step.ERROR;
      opened.add(2, streams.error());
      return begin(request(launch, place, opened), opened, listener);
    } catch (FileFault fault) {
      opened.close();
      listener.failed(at, fault.errno());
      return Execution.none(processes);
    }
  }

  private static SpawnRequest request(Launch launch, Place place, Opened opened) {
    var redirects = new ArrayList<>(opened.redirects());
    var passed = launch.streams().passed();
    for (int i = 0; i < passed.size(); i++) {
      redirects.add(new Redirect(FIRST_PASSED + i, passed.get(i), Access.SHARED));
    }
    return new SpawnRequest(
        place, launch.program(), launch.environment(), "", launch.confinement(), redirects);
  }

  /**
   * Waits for the end of a process that an earlier daemon has started.
   *
   * @param start its start time in clock ticks since boot; a later process of that pid is another
   * @param onEnd called with its end, once; with {@link ExitStatus#UNKNOWN} if only its own parent
   *     learns how it has ended
   * @return false if it has gone; the end is not reported then
   */
  public boolean adopt(int pid, long start, EndListener onEnd) {
    var waiting = processes.onEndOf(pid, onEnd);
    var stat = ProcessStat.of(files, pid);
    boolean there = waiting != null && stat != null && stat.startTime() == start;
    if (!there && waiting != null) {
      waiting.run();
    }
    return there;
  }

  private Execution begin(SpawnRequest request, Opened opened, Listener listener) {
    return Execution.start(
        processes,
        request,
        new Execution.Listener() {
          @Override
          public void started(int pid) {
            opened.close();
            listener.started(pid);
          }

          @Override
          public void failed(Errno errno) {
            opened.close();
            listener.failed(Step.PROGRAM, errno);
          }

          @Override
          public void ended(int pid, ExitStatus status) {
            listener.ended(pid, status);
          }
        });
  }
}
