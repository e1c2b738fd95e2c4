package org.usersvc.daemon.calendar;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local time zone by its names: {@code TZ}, else where {@code /etc/localtime} leads. */
public final class ZoneName {
  /** The link to the zone of the machine. */
  public static final String FILE = "/etc/localtime";

  private static final String ZONES = "/zoneinfo/";

  private ZoneName() {}

  /**
   * The zone; that with which this program was started if neither names one that Java knows.
   *
   * @param variable the value of TZ, null or empty if it is not set
   * @param target where {@link #FILE} leads, null if it is no link
   */
  public static ZoneId zone(@Nullable String variable, @Nullable String target) {
    String given = variable == null ? "" : variable;
    String name = given.startsWith(":") ? given.substring(1) : given;
    return (name.isEmpty() ? ofFile(target) : named(name)).orElseGet(ZoneId::systemDefault);
  }

  private static Optional<ZoneId> ofFile(@Nullable String target) {
    int zones = target == null ? -1 : target.lastIndexOf(ZONES);
    return target == null || zones < 0
        ? Optional.empty()
        : named(target.substring(zones + ZONES.length()));
  }

  private static Optional<ZoneId> named(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException ignored) { // a rule of POSIX, or a zone that Java does not know
      return Optional.empty();
    }
  }
}
