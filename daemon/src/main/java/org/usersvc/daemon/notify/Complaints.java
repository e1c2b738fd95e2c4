package org.usersvc.daemon.notify;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Logs invalid messages, once for each service. <b>Loop thread only.</b> */
public final class Complaints {
  private final Consumer<String> warn;
  private final Set<String> logged = new HashSet<>();

  public Complaints(Consumer<String> warn) {
    this.warn = warn;
  }

  /** Warns if this is the first invalid message of the service. */
  public void log(String service, Notification notification) {
    var complaints = notification.complaints();
    if (!complaints.isEmpty() && logged.add(service)) {
      warn.accept(service + ": notify message: " + complaints.getFirst());
    }
  }

  /** The service has gone; a later one of the same name is another. */
  public void forget(String service) {
    logged.remove(service);
  }
}
