package org.usersvc.systemd.elapse;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The local time zone: {@code TZ} of the environment, else where {@code /etc/localtime} leads.
 * <b>Loop thread only.</b>
 */
final class LocalZone {
  private static final String FILE = "/etc/localtime";
  private static final String ZONES = "/zoneinfo/";

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
    String name = variable.startsWith(":") ? variable.substring(1) : variable;
    last = (name.isEmpty() ? ofFile() : named(name)).orElseGet(ZoneId::systemDefault);
    return last;
  }

  private Optional<ZoneId> ofFile() {
    try {
      String target = place.mechanisms().files().readLink(FileSystem.ABSOLUTE, FILE);
      int zones = target.lastIndexOf(ZONES);
      return zones < 0 ? Optional.empty() : named(target.substring(zones + ZONES.length()));
    } catch (FileFault ignored) { // it is no link, or there is none
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> named(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException ignored) { // a rule of POSIX, or a zone that Java does not know
      return Optional.empty();
    }
  }

  /** Notifies the listener whenever the zone is another one from now on. */
  void tell(Listener listener) {
    listeners.add(listener);
    if (!watched) {
      watched = true;
      now();
      place.mechanisms().watches().watch(FILE, false, this::look);
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
