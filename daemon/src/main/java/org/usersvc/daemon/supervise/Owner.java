package org.usersvc.daemon.supervise;

import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Rules;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.servicedir.Definition;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/** A supervised process as its parts see it. <b>Loop thread only.</b> */
interface Owner {
  /** The service that it is the run or the logger of. */
  Service service();

  boolean isLogger();

  /** The name that messages and clients use: {@code foot} or {@code foot/log}. */
  String name();

  /** A text that no other process has; its FIFOs are called by it, and its mark. */
  String keyText();

  /** Where its directory is now, for messages. */
  String path();

  ServiceDirectory directory();

  ServiceState state();

  Status status();

  History history();

  Definition definition();

  /** What the definition says of its life. */
  Rules rules();

  /** What the run that was started last was given. */
  Environment environmentGiven();

  /** Whether it has a supervise that an earlier daemon has left. */
  boolean wasLeft();

  /** Whether its supervise/ and its directory have been let go of. */
  boolean isClosed();

  /** Lets the event happen, as the agenda has it. */
  void feed(Event event);

  /** The event happens; to be called when it has its turn. */
  void take(Event event);

  /** Something that clients can see has changed. */
  void changed();
}
