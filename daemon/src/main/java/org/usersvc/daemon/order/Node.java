package org.usersvc.daemon.order;

import java.util.Set;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.ServiceState;

/** A service as the dependencies see it. <b>Loop thread only.</b> */
public interface Node {
  /** The first of its names, printable. */
  String name();

  /** The same as native text. */
  String nativeName();

  /** All names that the tree has for it now, as native text. */
  Set<String> names();

  /** The state of its run. */
  ServiceState state();

  /** Whether it has been commanded to end for good. */
  boolean isStopping();

  /** Whether its stop waits for other services to end. */
  boolean isHeldBack();

  /** Whether the last of its waiting letters is an up. */
  boolean isCommandedUp();

  /** Whether it was resumed from an earlier daemon. */
  boolean isResumed();

  /** Whether it runs while there is no login. */
  boolean lingers();

  /** Whether it waits for variables. */
  boolean lacksVariables();

  /** Whether run was tried less than a second ago, and before that time of the loop's clock. */
  boolean hasJustTried(long before);

  /** Gives it one letter, as from a client. */
  void command(Command command);

  /** Adds the event to its run's agenda. */
  void feed(Event event);

  /** One of its needs may be fulfilled now. */
  void needArrived();

  /** A service that cannot be without it has ended. */
  void goOnStopping();

  /** Tries a failed start again, at most once a second. */
  void hasten();

  /** Runs its check once more. */
  void checkOnce();
}
