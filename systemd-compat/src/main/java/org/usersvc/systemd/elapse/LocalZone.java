package org.usersvc.systemd.elapse;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.ZoneName;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The local time zone: {@code TZ} of the environment, else where {@code /etc/localtime} leads.
 * <b>Loop thread only.</b>
 */
final class LocalZone {
  /** Hears of another zone. */
  interface Listener {
    void zoneChanged();
  }

  private final Workplace place;
  private final List<Listener> listeners = new ArrayList<>();
  private boolean watched;
  private ZoneId last = ZoneId.systemDefault();

  LocalZone(Workplace place) {
    this.place = place;
  }

  /** The zone as it is now. */
  ZoneId now() {
    String variable = place.environment().get().variables().getOrDefault("TZ", "");
    last = ZoneName.zone(variable, target());
    return last;
  }

  private @Nullable String target() {
    try {
      return place.mechanisms().files().readLink(FileSystem.ABSOLUTE, ZoneName.FILE);
    } catch (FileFault ignored) { // it is no link, or there is none
      return null;
    }
  }

  /** Notifies the listener whenever the zone is another one from now on. */
  void tell(Listener listener) {
    listeners.add(listener);
    if (!watched) {
      watched = true;
      now();
      place.mechanisms().watches().watch(ZoneName.FILE, false, this::look);
    }
  }

  /** Ends {@link #tell}. */
  void forget(Listener listener) {
    listeners.remove(listener);
  }

  private void look() {
    var before = last;
    if (!now().equals(before)) {
      List.copyOf(listeners).forEach(Listener::zoneChanged);
    }
  }
}
