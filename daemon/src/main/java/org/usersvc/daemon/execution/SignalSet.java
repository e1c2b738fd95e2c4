package org.usersvc.daemon.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.Processes;

/**
 * A set of processes to signal. Each is identified by its pid and start time, so that a later
 * process with the same pid gets no signal. <b>Loop thread only.</b>
 */
public final class SignalSet {
  private final Processes processes;
  private final FileSystem files;
  private final Map<Integer, Long> members = new LinkedHashMap<>();

  public SignalSet(Processes processes, FileSystem files) {
    this.processes = processes;
    this.files = files;
  }

  /** Adds a process, unless it has ended. */
  public void add(int pid) {
    var stat = ProcessStat.of(files, pid);
    if (stat != null && !stat.isZombie()) {
      members.putIfAbsent(pid, stat.startTime());
    }
  }

  /**
   * Sends a signal to all living members, in the order in which they were added; removes those that
   * have ended.
   *
   * @return how many live
   */
  public int send(Signal signal) {
    review();
    members.keySet().forEach(pid -> processes.signal(pid, signal));
    return members.size();
  }

  /** How many live. */
  public int living() {
    review();
    return members.size();
  }

  private void review() {
    members.entrySet().removeIf(member -> !lives(member.getKey(), member.getValue()));
  }

  private boolean lives(int pid, long startTime) {
    var stat = ProcessStat.of(files, pid);
    return stat != null && !stat.isZombie() && stat.startTime() == startTime;
  }
}
