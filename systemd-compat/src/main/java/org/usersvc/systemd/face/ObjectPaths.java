package org.usersvc.systemd.face;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.freedesktop.dbus.DBusPath;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The paths of the objects: a byte of a unit's name that is no letter or digit, and a digit at its
 * beginning, is {@code _} and two hexadecimal digits.
 */
public final class ObjectPaths {
  /** The manager. */
  public static final String MANAGER = "/org/freedesktop/systemd1";

  /** Leads to the units. */
  public static final String UNITS = MANAGER + "/unit";

  /** Below {@link #UNITS}: the caller's unit. */
  static final String SELF = "self";

  /** Leads to the jobs. */
  public static final String JOBS = MANAGER + "/job";

  private ObjectPaths() {}

  /** The path of a unit. */
  public static DBusPath of(UnitName unit) {
    return new DBusPath(UNITS + "/" + element(unit.toString()));
  }

  /** The path of a job. */
  public static DBusPath ofJob(int id) {
    return new DBusPath(JOBS + "/" + id);
  }

  /** The last element of the path of a unit. */
  static String element(String name) {
    var escaped = new StringBuilder();
    for (byte b : name.getBytes(ISO_8859_1)) {
      boolean isDigit = b >= '0' && b <= '9';
      if (isLetter(b) || (isDigit && !escaped.isEmpty())) {
        escaped.append((char) b);
      } else {
        escaped.append('_').append(hex(b >> 4)).append(hex(b));
      }
    }
    return escaped.toString();
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static char hex(int value) {
    return Character.forDigit(value & 15, 16);
  }

  /** The unit at a path; empty if no unit's path is like it. */
  public static Optional<UnitName> unitAt(String path) {
    return path.startsWith(UNITS + "/")
        ? unit(path.substring(UNITS.length() + 1))
        : Optional.empty();
  }

  /** The unit whose path ends so; empty if that is no name of a unit. */
  public static Optional<UnitName> unit(String element) {
    var name = new StringBuilder();
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == '_') {
        if (i + 2 >= element.length()) {
          return Optional.empty();
        }
        int high = Character.digit(element.charAt(i + 1), 16);
        int low = Character.digit(element.charAt(i + 2), 16);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        name.append((char) (high << 4 | low));
        i += 2;
      } else {
        name.append(c);
      }
    }
    return UnitName.parse(name.toString());
  }
}
