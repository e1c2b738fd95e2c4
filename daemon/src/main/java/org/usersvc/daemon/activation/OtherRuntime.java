package org.usersvc.daemon.activation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.model.Environment;

/**
 * Desktops with another XDG_RUNTIME_DIR than the daemon and its services. The name of a Wayland
 * display is relative to it, so services get the display's whole path.
 */
final class OtherRuntime {
  private static final String RUNTIME = "XDG_RUNTIME_DIR";
  private static final String DISPLAY = "WAYLAND_DISPLAY";

  private final FileSystem files;
  private final @Nullable String own;

  /**
   * @param self the daemon's own environment
   */
  OtherRuntime(FileSystem files, Environment self) {
    this.files = files;
    this.own = self.value(RUNTIME);
  }

  /** The registration, changed so that services can use it. */
  Registration adapt(Registration registration) {
    String display = registration.variables().value(DISPLAY);
    if (display == null
        || display.isEmpty()
        || display.startsWith("/")
        || registration.registrant() == 0
        || registration.variables().value(RUNTIME) != null) {
      return registration;
    }
    try {
      String other = ProcessEnvironment.of(files, registration.registrant()).value(RUNTIME);
      return other == null || !other.startsWith("/") || !isDisplayOf(other, display)
          ? registration
          : new Registration(
              registration.variables().with(Map.of(DISPLAY, other + "/" + display)),
              registration.name(),
              registration.leader(),
              registration.registrant(),
              registration.displayNamed());
    } catch (FileFault ignored) { // it is gone
      return registration;
    }
  }

  private boolean isDisplayOf(String other, String display) throws FileFault {
    var there = files.stat(FileSystem.ABSOLUTE, other + "/" + display);
    var here = own == null ? null : files.stat(FileSystem.ABSOLUTE, own + "/" + display);
    return there != null && (here == null || !here.id().equals(there.id()));
  }
}
