package org.usersvc.daemon.extension;

/**
 * A further part of the daemon that has objects of its own on D-Bus. It lies on the class path or
 * does not, and is found by {@link java.util.ServiceLoader}.
 */
public interface Extension {
  /** Begins to serve, until the daemon ends. <b>Loop thread only.</b> */
  void begin(Host host);
}
