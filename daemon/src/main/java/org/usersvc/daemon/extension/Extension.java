package org.usersvc.daemon.extension;

/**
 * An optional part of the daemon that has objects of its own on D-Bus. {@link
 * java.util.ServiceLoader} finds it if it is on the class path.
 */
public interface Extension {
  /** Begins to serve, until the daemon ends. <b>Loop thread only.</b> */
  void begin(Host host);
}
