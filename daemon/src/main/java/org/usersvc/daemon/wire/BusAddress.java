package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.model.NativeText;

/** Addresses of buses, as {@code DBUS_SESSION_BUS_ADDRESS} holds them. */
public final class BusAddress {
  /** A bus writes addresses of some 100 bytes. */
  private static final int LONGEST = 4096;

  private static final int MOST_ENTRIES = 16;
  private static final String TRANSPORT = "unix:";

  private BusAddress() {}

  /**
   * The sockets where a bus may listen, by their names for {@link
   * org.usersvc.daemon.files.LocalSockets#connect}.
   *
   * @param address native text
   * @param runtimeDirectory the value of {@code unix:runtime=yes}; empty if there is none
   * @return the usable entries, in their order, at least one
   * @throws BadAddress if there is none
   */
  public static List<String> parse(String address, String runtimeDirectory) throws BadAddress {
    if (address.length() > LONGEST) {
      throw new BadAddress("it is too long");
    }
    var usable = new ArrayList<String>();
    for (String entry : address.split(";", -1)) {
      if (entry.startsWith(TRANSPORT)) {
        add(usable, keys(entry.substring(TRANSPORT.length())), runtimeDirectory);
      }
    }
    if (usable.isEmpty()) {
      throw new BadAddress("it leads to no local bus");
    }
    return List.copyOf(usable.subList(0, Math.min(MOST_ENTRIES, usable.size())));
  }

  private static void add(List<String> to, Map<String, String> keys, String runtimeDirectory)
      throws BadAddress {
    String path = keys.get("path");
    String abstractName = keys.get("abstract");
    if (path != null) {
      if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
        throw new BadAddress("a path begins with / and has no NUL");
      }
      to.add(path);
    } else if (abstractName != null && !abstractName.isEmpty()) {
      to.add('\0' + abstractName);
    } else if ("yes".equals(keys.get("runtime")) && !runtimeDirectory.isEmpty()) {
      to.add(runtimeDirectory + "/bus");
    }
  }

  private static Map<String, String> keys(String text) throws BadAddress {
    var keys = new HashMap<String, String>();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new BadAddress("a key is missing its =value");
      }
      if (keys.put(pair.substring(0, equals), unescape(pair.substring(equals + 1))) != null) {
        throw new BadAddress("a key is there twice");
      }
    }
    return keys;
  }

  private static String unescape(String value) throws BadAddress {
    byte[] bytes = NativeText.encode(value);
    var plain = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        plain.write(hexByte(bytes, i + 1));
        i += 2;
      } else {
        plain.write(bytes[i]);
      }
    }
    return NativeText.decode(plain.toByteArray());
  }

  private static int hexByte(byte[] bytes, int at) throws BadAddress {
    int value = at + 2 <= bytes.length ? Hex.decode(new String(bytes, at, 2, ISO_8859_1)) : -1;
    if (value < 0) {
      throw new BadAddress("% is followed by two hex digits");
    }
    return value;
  }
}
