package org.usersvc.daemon.trigger;

import java.time.Duration;

/** A service as its triggers see it. <b>Loop thread only.</b> */
public interface Subject {
  /** For messages. */
  String name();

  /** For the name of a file. */
  String nativeName();

  /**
   * A time of its schedule has come.
   *
   * @return false if it still runs: the time is skipped
   */
  boolean startByTime();

  /** A path that it watches has changed. */
  void startByChange();

  /** How long it must not be started anew because of a change. */
  Duration untilStart();

  /** Its next start is another one. */
  void changed();
}
