package org.usersvc.daemon.state;

/** Notes for the next daemon, made while this one takes over from an earlier one. */
public interface Journal {
  /** Its record is not needed any more. */
  void remove(RecordedProcess.Key key);

  /** Processes that were started since then may be unrecorded; clock ticks since boot. */
  void unsettle(long since);

  /** From now on unrecorded processes are younger than all recorded ones. */
  void settle();
}
