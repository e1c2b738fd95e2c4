package org.usersvc.daemon.supervise;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.state.RecordedProcess;

/**
 * The legacy of an earlier daemon; services ask for it when they are opened. <b>Loop thread
 * only.</b>
 */
public interface Predecessor {
  /**
   * Restores the state in which it was left.
   *
   * @return false if no record of it exists: it is new
   */
  boolean resume(ServiceProcess process);

  /**
   * The reason why a start could make a second copy.
   *
   * @param directory the open service directory
   * @param control its supervise, which may be that of an earlier daemon
   * @return empty if it could not
   */
  String doubt(RecordedProcess.Key key, int directory, ControlFiles control);

  /** Another daemon supervises the process. */
  void forget(RecordedProcess.Key key);

  /** Whether a FIFO of that name was there when the daemon began. */
  boolean hasPipe(String name);

  /**
   * A path to a FIFO that was removed while run still writes to it.
   *
   * @param left whether the service has a supervise of an earlier daemon
   * @return null if there is none
   */
  @Nullable String lostPipe(ServiceId service, String name, boolean left);

  /**
   * All services are open: the remaining processes belong to none.
   *
   * @param known whether a service is in the tree
   * @param refused services that could not be opened yet, and will be tried again
   * @param pipesInUse the FIFOs that are open
   */
  void settle(Predicate<ServiceId> known, List<ServiceId> refused, Set<String> pipesInUse);

  /**
   * Ends all remaining processes, also those that were not taken over yet.
   *
   * @param whenEnded run when the last has ended; not if there is nothing to end
   */
  void end(Runnable whenEnded);

  /** Whether all have ended, except those that were taken over. */
  boolean hasEnded();

  /** Kills the processes that are being ended. */
  void hurry();
}
