package org.usersvc.daemon.extension;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.notify.NotifySocket;

/**
 * The places of units in the runtime directory. A unit's name is a file name there. <b>Loop thread
 * only.</b>
 */
public interface UnitPlaces {
  /**
   * Under which the built-in logger reads the unit's log. While it is written, no other unit or
   * service has the same; else it is that of no log.
   */
  ServiceId identity(String unit);

  /**
   * Begins the unit's log, or goes on with the one of an earlier daemon, whose pipe outlives it.
   *
   * @throws FileFault if its pipe cannot be made
   */
  Log log(String unit, LogFormat format) throws FileFault;

  /**
   * Reads the last lines of a log that has the name, with their stamps. There are none if there is
   * no log, if its disk does not answer soon, or if they are in older files.
   *
   * @param taker called once
   */
  void lastLines(String name, int lines, Consumer<List<String>> taker);

  /**
   * Listens for the notifications of sd_notify(3) of the unit.
   *
   * @param taker called with each message that a process of our user has sent
   * @throws FileFault if the socket cannot be made
   */
  Notifications notifications(String unit, NotifySocket.Taker taker) throws FileFault;

  /** The names of all units that log or listen, or did so when an earlier daemon was killed. */
  List<String> left();

  /**
   * All units of an earlier daemon that go on have taken their logs: removes the other pipes and
   * directories that it has left. To be called once.
   */
  void settle();

  /** A log that is written to the directory of the unit's name. */
  interface Log {
    /** The pipe, for both standard output and error. */
    int descriptor();

    /**
     * The writers have ended: writes what is left and closes the log.
     *
     * @param then run when all is written, or when that has taken too long
     */
    void end(Runnable then);
  }

  /** A socket for notifications. */
  interface Notifications {
    /** The value of {@code NOTIFY_SOCKET}. */
    String path();

    /** Stops listening; messages that were not read are lost. */
    void close();
  }
}
