package org.usersvc.client.socket;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * Paths of native text, with their exact bytes. The JDK encodes the text of a path by the locale;
 * as a URI it takes and gives bytes.
 */
public final class NativePath {
  private static final String UNESCAPED = "/-._~";

  private NativePath() {}

  /** {@code text} is absolute. */
  public static Path of(String text) {
    byte[] bytes = NativeText.encode(text);
    var uri = new StringBuilder("file://");
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        uri.append(c);
      } else {
        uri.append('%')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  /** The native text of a path. */
  public static String text(Path path) {
    String text = path.toString();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return path.isAbsolute() ? exact(path) : exact(rooted(path)).substring(1);
      }
    }
    return text;
  }

  private static Path rooted(Path path) {
    return Path.of("/").resolve(path);
  }

  private static String exact(Path path) {
    String uri = path.toUri().getRawPath();
    boolean slash = uri.length() > 1 && uri.endsWith("/"); // added to the path of a directory
    int end = slash ? uri.length() - 1 : uri.length();
    var bytes = new ByteArrayOutputStream(end);
    for (int i = 0; i < end; i++) {
      boolean escape = uri.charAt(i) == '%';
      bytes.write(escape ? Integer.parseInt(uri, i + 1, i + 3, 16) : uri.charAt(i));
      i += escape ? 2 : 0;
    }
    return NativeText.decode(bytes.toByteArray());
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNESCAPED.indexOf(c) >= 0;
  }
}
