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

  /** The rules of its definition. */
  Rules rules();

  /** The environment of the run that was started last. */
  Environment environmentGiven();

  /** Whether an earlier daemon has left it a supervise. */
  boolean wasLeft();

  /** Whether its supervise/ and its directory are released. */
  boolean isClosed();

  /**
   * One of its scripts, in its directory, with its limits.
   *
   * @param arguments the arguments after argv[0]
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

  /** Puts the event on the agenda. */
  void feed(Event event);

  /** Lets the event happen; to be called by the agenda. */
  void take(Event event);

  /** Something that clients can see has changed. */
  void changed();
}
