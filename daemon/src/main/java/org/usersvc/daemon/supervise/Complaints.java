package org.usersvc.daemon.supervise;

import java.util.List;
import org.usersvc.daemon.platform.Platform;

/**
 * Faults in files of a service directory that are read again and again. Each is logged once, and
 * again if it was mended in between. <b>Loop thread only.</b>
 */
final class Complaints {
  private final Owner owner;
  private final Platform platform;
  private List<String> logged = List.of();

  Complaints(Owner owner, Platform platform) {
    this.owner = owner;
    this.platform = platform;
  }

  /** Takes all present faults, and logs the new ones. */
  void are(List<String> complaints) {
    for (String complaint : complaints) {
      if (!logged.contains(complaint)) {
        platform.messages().warn(owner.name() + ": " + complaint);
      }
    }
    logged = List.copyOf(complaints);
  }
}
