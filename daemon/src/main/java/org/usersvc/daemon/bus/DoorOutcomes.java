package org.usersvc.daemon.bus;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.dbus.Errors;

/** What became of sessions and the environment, as callers on D-Bus are told it. */
final class DoorOutcomes {
  private DoorOutcomes() {}

  static SessionDoor.Outcome ofRegistration(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Registered(var session) -> new SessionDoor.Outcome.Registered(session.id());
      case Outcome refusal -> refused(refusal);
    };
  }

  /** Null if it was done. */
  static SessionDoor.Outcome.@Nullable Refused ofChange(Outcome outcome) {
    return outcome instanceof Outcome.Changed ? null : refused(outcome);
  }

  private static SessionDoor.Outcome.Refused refused(Outcome outcome) {
    String name =
        switch (outcome) {
          case Outcome.InvalidName _ -> Errors.INVALID_NAME;
          case Outcome.InvalidValue _ -> Errors.INVALID_VALUE;
          case Outcome.NoLeader _ -> Errors.NO_LEADER;
          case Outcome.TooManySessions _ -> Errors.TOO_MANY_SESSIONS;
          case Outcome.Registered _, Outcome.Changed _ ->
              throw new IllegalArgumentException("no refusal: " + outcome);
        };
    return new SessionDoor.Outcome.Refused(name, NativeText.printable(outcome.describe()));
  }
}
