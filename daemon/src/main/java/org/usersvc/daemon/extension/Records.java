package org.usersvc.daemon.extension;

import java.util.Map;

/**
 * Short texts that the next daemon is given back, if this one is killed or replaced. They are
 * written at the end of each turn, before anything is shown. A regular end removes all. <b>Loop
 * thread only.</b>
 */
public interface Records {
  /** The records of an earlier daemon, in the order in which they were first put; then ours. */
  Map<String, String> all();

  /** Puts a record in place of an earlier one; all together have 1 MiB at most. */
  void put(String key, String text);

  /** Removes a record; one that is absent is no error. */
  void remove(String key);
}
