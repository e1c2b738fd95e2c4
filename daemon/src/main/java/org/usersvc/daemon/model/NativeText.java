package org.usersvc.daemon.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * File names and arguments as the kernel has them: any bytes but NUL. Each is held as a string that
 * decodes UTF-8 and keeps a stray byte b as the lone surrogate U+DC00 + b, so that {@link #encode}
 * gives back the very bytes whatever the locale. Arguments are read from {@code /proc/self/cmdline}
 * and the environment from {@code /proc/self/environ}, as the JVM's own have lost bytes. The client
 * has its own copy of this: it shares no module with the daemon.
 */
public final class NativeText {
  private static final char ESCAPE = '\uDC00';

  private NativeText() {}

  public static String decode(byte[] bytes) {
    return isAscii(bytes) ? new String(bytes, ISO_8859_1) : decodeUtf8(bytes);
  }

  /** The texts in a block, each ended by a NUL, as in {@code /proc}. */
  public static List<String> decodeEach(byte[] bytes) {
    var parts = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        parts.add(decode(Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
    return parts;
  }

  public static byte[] encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return encodeUtf8(text);
      }
    }
    return text.getBytes(ISO_8859_1);
  }

  /** Whether the text has no stray bytes, so that it can be sent as UTF-8. */
  public static boolean isUtf8(String text) {
    return text.codePoints().noneMatch(NativeText::isStray);
  }

  /** For people: control characters and stray bytes become {@code \xNN}, so it is one line. */
  public static String printable(String text) {
    int plain = 0;
    while (plain < text.length() && text.charAt(plain) < 0x7f && text.charAt(plain) >= ' ') {
      plain++;
    }
    if (plain == text.length()) { // as in nearly all
      return text;
    }
    var shown = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(c -> show(shown, c));
    return shown.toString();
  }

  private static void show(StringBuilder shown, int c) {
    if (isPlain(c)) {
      shown.appendCodePoint(c);
    } else {
      shown.append("\\x").append(hex(c >> 4)).append(hex(c));
    }
  }

  private static boolean isPlain(int c) {
    return c >= ' ' && c != 0x7f && !isStray(c) && !(c >= 0x80 && c < 0xa0);
  }

  /** Whether that code point stands for a stray byte, its lowest one. */
  public static boolean isStray(int c) {
    return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff;
  }

  private static char hex(int nibble) {
    return Character.forDigit(nibble & 15, 16);
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static String decodeUtf8(byte[] bytes) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    while (decoder.decode(in, out, true).isError()) {
      out.put((char) (ESCAPE + (in.get() & 0xff)));
      decoder.reset();
    }
    return out.flip().toString();
  }

  private static byte[] encodeUtf8(String text) {
    var out = new ByteArrayOutputStream(text.length() * 3);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired = i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
      if (isStray(c) && !paired) {
        out.writeBytes(text.substring(start, i).getBytes(UTF_8));
        out.write(c - ESCAPE);
        start = i + 1;
      }
    }
    out.writeBytes(text.substring(start).getBytes(UTF_8));
    return out.toByteArray();
  }
}
