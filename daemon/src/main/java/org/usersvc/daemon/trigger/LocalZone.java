package org.usersvc.daemon.trigger;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.ZoneName;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.scan.WatchTable;

/** The local time zone; watched while somebody wants to hear of it. <b>Loop thread only.</b> */
final class LocalZone {
  private final Platform platform;
  private final Supplier<@Nullable String> variable;
  private final PathWatch link;
  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private ZoneId last = ZoneId.systemDefault();

  /**
   * The zone of a machine and its user.
   *
   * @param variable the value of TZ, null if it is not set
   */
  LocalZone(Platform platform, WatchTable watchTable, Supplier<@Nullable String> variable) {
    this.platform = platform;
    this.variable = variable;
    this.link = new PathWatch(platform.files(), watchTable, this::look);
  }

  ZoneId now() {
    last = ZoneName.zone(variable.get(), target());
    return last;
  }

  private @Nullable String target() {
    try {
      return platform.files().readLink(FileSystem.ABSOLUTE, ZoneName.FILE);
    } catch (FileFault ignored) { // it is no link, or there is none
      return null;
    }
  }

  /** Runs the action whenever the zone is another one from now on. */
  void tell(Runnable listener) {
    if (listeners.isEmpty()) {
      now();
      follow();
    }
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    if (listeners.remove(listener) && listeners.isEmpty()) {
      link.forget();
    }
  }

  private void follow() {
    try {
      link.follow(ZoneName.FILE);
    } catch (FileFault fault) {
      platform.messages().warn(fault.getMessage() + "; another time zone counts after a rescan");
    }
  }

  /** The link, or the variable, may have changed. */
  void look() {
    if (listeners.isEmpty()) {
      return;
    }
    follow();
    var before = last;
    if (!now().equals(before)) {
      List.copyOf(listeners).forEach(Runnable::run);
    }
  }
}
