package org.usersvc.daemon.supervise;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.state.ProcessMemory;

/**
 * What an earlier daemon has left behind, as services ask for it when they are opened. <b>Loop
 * thread only.</b>
 */
public interface Predecessor {
  /**
   * Puts the process into the state in which it was left.
   *
   * @return false if nothing is known of it: it is new
   */
  boolean resume(Supervised process);

  /**
   * Why a start could make a second copy.
   *
   * @param directory the open service directory
   * @param control its supervise, which may be that of an earlier daemon
   * @return empty if it could not
   */
  String doubt(ProcessMemory.Key key, int directory, ControlFiles control);

  /** Another daemon has the process. */
  void forget(ProcessMemory.Key key);

  /** Whether a FIFO of that name was there when the daemon began. */
  boolean hasPipe(String name);

  /**
   * Where a FIFO can be opened that was removed while run still writes to it.
   *
   * @param left whether the service has a supervise of an earlier daemon
   * @return null if there is none
   */
  @Nullable String lostPipe(ServiceId service, String name, boolean left);

  /**
   * All services are open: what is left belongs to none.
   *
   * @param known whether a service is in the tree
   * @param refused those of them that could not be opened, and will be later
   * @param pipesInUse the FIFOs that are open
   */
  void settle(Predicate<ServiceId> known, List<ServiceId> refused, Set<String> pipesInUse);

  /**
   * All is to end, also what was not taken over yet.
   *
   * @param whenEnded run when the last has ended; not if nothing has to end
   */
  void end(Runnable whenEnded);

  /** Whether nothing of it lives any more, but for what was taken over. */
  boolean hasEnded();

  /** Kills what is being ended. */
  void hurry();
}
