package org.usersvc.daemon.wire;

/** Who is told what becomes of connections. */
public interface LinkOwner {
  /** It can be used from now on. Told once, or never. */
  void ready(Link link);

  /**
   * It is gone, and not because it was closed from here. Told once; instead of {@link #ready} if it
   * never came so far.
   */
  void lost(Link link, String reason);

  /** A signal came in that was asked for with a match rule, or is meant for us alone. */
  default void emitted(Link link, Emission emission) {}
}
