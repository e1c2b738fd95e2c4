package org.usersvc.daemon.bus;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;

/**
 * Names as elements of object paths, by systemd's rule: a byte that is no ASCII letter or digit,
 * and a digit in first place, becomes {@code _} and two lower-case hex digits; an empty name
 * becomes {@code _}.
 */
public final class ServicePath {
  private static final String ROOT = "/org/usersvc1/service/";

  private ServicePath() {}

  /** The path of a service, or of a logger {@code foot/log}, by its native name. */
  public static String of(String nativeName) {
    return ROOT + escape(nativeName);
  }

  public static String escape(String nativeName) {
    var bytes = NativeText.encode(nativeName);
    if (bytes.length == 0) {
      return "_";
    }
    var escaped = new StringBuilder(bytes.length + 8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (isLetter(c) || (isDigit(c) && i > 0)) {
        escaped.append(c);
      } else {
        escaped.append('_').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return escaped.toString();
  }

  /**
   * The native name of an element.
   *
   * @return null if {@link #escape} makes no such element
   */
  public static @Nullable String unescape(String element) {
    var bytes = new ByteArrayOutputStream(element.length());
    for (int i = 0; i < element.length() && !element.equals("_"); i++) {
      char c = element.charAt(i);
      if (c != '_') {
        bytes.write(c);
      } else if (i + 2 < element.length()) {
        bytes.write(digit(element.charAt(i + 1)) << 4 | digit(element.charAt(i + 2)));
        i += 2;
      }
    }
    String name = NativeText.decode(bytes.toByteArray());
    return escape(name).equals(element) ? name : null;
  }

  private static int digit(char hex) {
    return Math.max(0, Character.digit(hex, 16));
  }

  private static char hex(int nibble) {
    return Character.forDigit(nibble, 16);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
