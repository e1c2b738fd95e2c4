package org.usersvc.daemon.supervise;

import java.util.List;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Rules;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.process.Mark;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;
import org.usersvc.daemon.servicedir.Definition;
import org.usersvc.daemon.servicedir.Script;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/** A supervised process as its parts see it. <b>Loop thread only.</b> */
interface Owner extends Named {
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

  /**
   * One of its scripts, in its directory, with its limits.
   *
   * @param arguments what follows argv[0]
   */
  default SpawnRequest request(Script script, List<String> arguments, List<Redirect> redirects) {
    return new SpawnRequest(
        new Place.Open(directory().descriptor()),
        Program.of(script.path(), arguments),
        environmentGiven(),
        Mark.name(keyText(), script.name()),
        Confinement.silent(definition().limits()),
        redirects);
  }

  /** Lets the event happen, as the agenda has it. */
  void feed(Event event);

  /** The event happens; to be called when it has its turn. */
  void take(Event event);

  /** Something that clients can see has changed. */
  void changed();
}
