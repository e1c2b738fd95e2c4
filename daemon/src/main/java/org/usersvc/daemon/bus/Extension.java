package org.usersvc.daemon.bus;

import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.wire.Calls;
import org.usersvc.daemon.wire.Transport;

/**
 * A further part of the daemon that has objects of its own on D-Bus. It lies on the class path or
 * does not, and is found by {@link java.util.ServiceLoader}.
 */
public interface Extension {
  /** Begins to serve. <b>Loop thread only.</b> */
  void begin(Host host);

  /** Ends, before the daemon does. */
  void end();

  /**
   * What an extension stands on.
   *
   * @param calls to which all calls go that come in on connections of its own
   * @param tree where its objects are put, for all connections
   * @param runtime {@code $XDG_RUNTIME_DIR}
   */
  record Host(
      Platform platform,
      Desk desk,
      Transport transport,
      Calls calls,
      ObjectTree tree,
      String runtime) {}

  /** Buses, sessions and what they bring. */
  record Desk(
      Buses buses,
      BusKeys keys,
      EnvironmentUpload upload,
      Sessions sessions,
      Activation activation,
      CallerEnvironment callers) {}
}
