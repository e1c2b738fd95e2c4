package org.usersvc.daemon.notify;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Tells what is wrong with messages, once for each service. <b>Loop thread only.</b> */
public final class Complaints {
  private final Consumer<String> warn;
  private final Set<String> told = new HashSet<>();

  public Complaints(Consumer<String> warn) {
    this.warn = warn;
  }

  /** Warns if it is the first time that a message of the service has something wrong. */
  public void tell(String service, Notification notification) {
    var complaints = notification.complaints();
    if (!complaints.isEmpty() && told.add(service)) {
      warn.accept(service + ": notify message: " + complaints.getFirst());
    }
  }

  /** The service is gone; one of the same name is another. */
  public void forget(String service) {
    told.remove(service);
  }
}
