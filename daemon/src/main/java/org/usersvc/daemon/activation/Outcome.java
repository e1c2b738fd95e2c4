package org.usersvc.daemon.activation;

import org.usersvc.daemon.session.Session;

/** The answer to a registration, and to a change by hand. */
public sealed interface Outcome {
  /** The session is new or updated. */
  record Registered(Session session) implements Outcome {}

  /** The environment has been changed. */
  record Changed() implements Outcome {}

  /** The name of a variable is invalid. */
  record InvalidName(String name) implements Outcome {}

  /** The value of a variable is too long, or has a NUL. */
  record InvalidValue(String name, String reason) implements Outcome {}

  /** There is no process that could lead the session. */
  record NoLeader(String reason) implements Outcome {}

  /** The number of sessions is at its limit. */
  record TooManySessions() implements Outcome {}

  /** A message with the trouble and the remedy; empty if there is no trouble. */
  default String describe() {
    return switch (this) {
      case Registered _, Changed _ -> "";
      case InvalidName(String name) ->
          "'"
              + name
              + "' is no name of a variable: it begins with A-Z a-z _ and goes on with"
              + " these and 0-9";
      case InvalidValue(String name, String reason) -> "the value of " + name + " " + reason;
      case NoLeader(String reason) -> reason;
      case TooManySessions() ->
          "there are 64 sessions already; end one with usersvc session unregister ID";
    };
  }
}
