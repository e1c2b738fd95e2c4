package org.usersvc.client.local;

import org.usersvc.client.socket.LostOutputException;

/** What a verb does in the client itself. */
@FunctionalInterface
public interface Errand {
  /** The most that an exit status counts. */
  int MOST_FAILURES = 99;

  /** Does it; returns the exit status. */
  int run(Desk desk) throws LostOutputException;
}
