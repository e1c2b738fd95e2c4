package org.usersvc.daemon.state;

/** What the next daemon has to be told while this one takes over what an earlier one has left. */
public interface Journal {
  /** It needs no longer be recorded. */
  void remove(ProcessMemory.Key key);

  /** What was started since then may not be recorded, whatever else is; clock ticks since boot. */
  void unsettle(long since);

  /** What is not recorded is younger than all that is. */
  void settle();
}
