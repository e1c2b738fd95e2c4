package org.usersvc.daemon.supervise;

import java.util.List;
import org.usersvc.daemon.platform.Platform;

/**
 * What is wrong with some files of a service directory, which are looked at again and again: it is
 * told once, and again when it was mended in between. <b>Loop thread only.</b>
 */
final class Complaints {
  private final Owner owner;
  private final Platform platform;
  private List<String> told = List.of();

  Complaints(Owner owner, Platform platform) {
    this.owner = owner;
    this.platform = platform;
  }

  /** Takes all that is wrong now, and tells what of it is new. */
  void are(List<String> complaints) {
    for (String complaint : complaints) {
      if (!told.contains(complaint)) {
        platform.messages().warn(owner.name() + ": " + complaint);
      }
    }
    told = List.copyOf(complaints);
  }
}
