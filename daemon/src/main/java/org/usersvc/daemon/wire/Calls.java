package org.usersvc.daemon.wire;

/** Takes the incoming calls of a connection. */
@FunctionalInterface
public interface Calls {
  /** Unknown objects, interfaces and members are answered with the errors of the specification. */
  void take(Call call);
}
