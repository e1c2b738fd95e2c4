package org.usersvc.daemon.wire;

/** Receives the events of connections. */
public interface LinkOwner {
  /** The link is ready. Called at most once. */
  void ready(Link link);

  /**
   * The link is lost, and was not closed from here. Called once; instead of {@link #ready} if it
   * was never ready.
   */
  void lost(Link link, String reason);

  /** A signal has come for a match rule, or for us alone. */
  default void emitted(Link link, Emission emission) {}
}
