package org.usersvc.daemon.extension;

import java.util.List;
import java.util.function.IntConsumer;

/** The sessions that are desktops of this machine. <b>Loop thread only.</b> */
public interface Desktops {
  /**
   * A session with a display that is neither another machine's nor a window of another session.
   *
   * @param id of the session
   * @param leader the process whose end ends it
   */
  record Desktop(int id, int leader) {}

  /** All that live, oldest first. */
  List<Desktop> all();

  /** Whether a session lives, be it a desktop or not. */
  boolean lives(int session);

  /** Registers an action to run whenever sessions have changed. */
  void onChange(Runnable action);

  /**
   * Registers who hears of each session whose registration asks for the target of graphical
   * sessions.
   *
   * @param action called with the id of the session
   */
  void onGraphical(IntConsumer action);
}
