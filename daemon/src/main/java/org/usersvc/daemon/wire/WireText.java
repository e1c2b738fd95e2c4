package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.usersvc.daemon.model.NativeText;

/** Native text where D-Bus demands UTF-8: a stray byte is {@code \xNN}, all else is kept. */
public final class WireText {
  private static final int ESCAPED = "\\xNN".length();

  private WireText() {}

  public static String of(String nativeText) {
    var shown = new StringBuilder(nativeText.length());
    nativeText
        .codePoints()
        .forEach(c -> {
          if (NativeText.isStray(c)) {
            shown.append("\\x").append(Integer.toHexString(c & 0xff));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }

  public static Map<String, String> of(Map<String, String> variables) {
    var shown = new LinkedHashMap<String, String>();
    variables.forEach((name, value) -> shown.put(of(name), of(value)));
    return shown;
  }

  /** The native text whose printed form is this one. */
  public static String unprinted(String printed) {
    var bytes = new ByteArrayOutputStream(printed.length());
    int start = 0;
    for (int i = printed.indexOf("\\x"); i >= 0; i = printed.indexOf("\\x", i + 1)) {
      if (i >= start && isHex(printed, i + 2) && isHex(printed, i + 3)) {
        bytes.writeBytes(printed.substring(start, i).getBytes(UTF_8));
        start = i + ESCAPED;
        bytes.write(Integer.parseInt(printed.substring(i + 2, start), 16));
      }
    }
    bytes.writeBytes(printed.substring(start).getBytes(UTF_8));
    return NativeText.decode(bytes.toByteArray());
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }
}
