package org.usersvc.daemon.order;

import java.util.Set;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.ServiceState;

/** A service, as far as its place among others is concerned. <b>Loop thread only.</b> */
public interface Node {
  /** The first of its names, printable. */
  String name();

  /** The same as native text. */
  String nativeName();

  /** All names that the tree has for it now, as native text. */
  Set<String> names();

  /** The state of its run. */
  ServiceState state();

  /** Whether it has been told to end for good. */
  boolean isStopping();

  /** Whether it is to stop, and waits for others to end before. */
  boolean isHeldBack();

  /** Whether the last letter that it has still to take is an up. */
  boolean isToldUp();

  /** Whether an earlier daemon has left it as it is. */
  boolean isResumed();

  /** Whether it runs while nobody is logged in. */
  boolean lingers();

  /** Whether it waits for variables. */
  boolean lacksVariables();

  /** Whether run was tried less than a second ago, and before that time of the loop's clock. */
  boolean hasJustTried(long before);

  /** One letter, as from a client. */
  void tell(Command command);

  /** Lets the event happen to its run, as the agenda has it. */
  void feed(Event event);

  /** Something that it has waited for may be there. */
  void needArrived();

  /** Something that cannot be without it has ended. */
  void goOnStopping();

  /** Tries again what has failed for want of something, at most once a second. */
  void hasten();

  /** Runs its check once more. */
  void checkOnce();
}
