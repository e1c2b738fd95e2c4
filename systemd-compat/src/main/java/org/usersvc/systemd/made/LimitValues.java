package org.usersvc.systemd.made;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.daemon.model.Resource;

/** Limits of processes: a property for the hard one, and one for the soft one, make one line. */
final class LimitValues {
  private static final Pattern NAME = Pattern.compile("Limit([A-Z]+)(Soft)?");

  private final Map<String, Bound> bounds = new TreeMap<>();

  /** One limit; negative numbers are none. */
  private record Bound(long soft, long hard) {}

  /**
   * Takes a property.
   *
   * @return false if it is no limit
   * @throws UnknownSetter if it cannot have the value
   */
  boolean take(String name, Variant<?> value) throws UnknownSetter {
    var matcher = NAME.matcher(name);
    if (!matcher.matches() || !isKnown(matcher.group(1))) {
      return false;
    }
    Shape.check(name, value, "t");
    long limit = ((Number) value.getValue()).longValue();
    String key = "Limit" + matcher.group(1);
    var before = bounds.getOrDefault(key, new Bound(limit, limit));
    boolean isSoft = matcher.group(2) != null;
    bounds.put(key, isSoft ? new Bound(limit, before.hard()) : new Bound(before.soft(), limit));
    return true;
  }

  private static boolean isKnown(String resource) {
    return Arrays.stream(Resource.values()).anyMatch(each -> each.name().equals(resource));
  }

  /** The lines of all that were taken. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    bounds.forEach(
        (key, bound) -> lines.add(key + "=" + text(bound.soft()) + ":" + text(bound.hard())));
    return lines;
  }

  private static String text(long limit) {
    return limit < 0 ? "infinity" : Long.toString(limit);
  }
}
