package org.usersvc.daemon.wire;

/** Who takes the calls that come in on a connection. */
@FunctionalInterface
public interface Calls {
  /** Unknown objects, interfaces and members are answered with the errors of the specification. */
  void take(Call call);
}
