package org.usersvc.daemon.supervise;

import java.util.List;
import java.util.Set;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.order.Node;
import org.usersvc.daemon.process.SpawnRequest.Redirect;
import org.usersvc.daemon.trigger.StartTimes;

/** A service as its processes see it. <b>Loop thread only.</b> */
interface Service {
  ServiceId id();

  /** The first of its names, or the last that it had; printable. */
  String name();

  /** The same as native text. */
  String nativeName();

  /** All names that the scan directory has for it now. */
  Set<String> names();

  /** Its node in the dependencies. */
  Node node();

  /** When it starts by the clock. */
  StartTimes startTimes();

  /** Its run. */
  Owner main();

  /** Whether it is to end for good. */
  boolean isStopping();

  /** Whether any service depends on it. */
  boolean isNeeded();

  /** Ends the services that cannot be without it; true if none is left. */
  boolean mayStop();

  /** Whether the logger's directory was removed, or another one lies in its place. */
  boolean hasLostLogger();

  /** Whether a logger without its directory goes, or a new one starts, before the process does. */
  boolean changesLogger(Owner process);

  /** Run or the logger is about to be started. */
  void beforeStart(Owner process);

  /** Whether the built-in logger reads its output. */
  boolean isLoggedHere();

  /** The redirections for a process of the service. */
  List<Redirect> redirects(Owner process);

  /** The process has ended, and is not to be started again. */
  void left(Owner process);

  /**
   * Stops run after the services that cannot be without it, then the logger once it has read all,
   * also if it is draining already.
   */
  void stop();
}
