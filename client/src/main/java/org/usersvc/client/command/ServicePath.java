package org.usersvc.client.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.client.socket.NativePath;

/** Makes paths among names absolute against the working directory: textually, no link is read. */
final class ServicePath {
  private ServicePath() {}

  /** sv's rule: a path starts with a dot or a slash or ends in a slash. */
  static List<String> likeSv(List<String> names) {
    List<String> sent = new ArrayList<>(names.size());
    for (String name : names) {
      boolean path = name.startsWith(".") || name.startsWith("/") || name.endsWith("/");
      sent.add(path ? absolute(name) : name);
    }
    return sent;
  }

  /** daemontools' rule: names with a slash, and the two directories that need none. */
  static List<String> likeDaemontools(List<String> names) {
    List<String> sent = new ArrayList<>(names.size());
    for (String name : names) {
      boolean path = name.indexOf('/') >= 0 || name.equals(".") || name.equals("..");
      sent.add(path ? absolute(name) : name);
    }
    return sent;
  }

  static String absolute(String name) {
    return absolute(name, name.startsWith("/") ? "" : workingDirectory());
  }

  /** {@code ..} climbs from {@code base}, which has no links; after a name it stays as it is. */
  static String absolute(String name, String base) {
    String start = base.equals("/") ? "" : base;
    var path = new StringBuilder(start);
    int climbed = path.length();
    for (String part : name.split("/", -1)) {
      if (part.equals("..") && path.length() == climbed) {
        path.setLength(Math.max(path.lastIndexOf("/"), 0));
        climbed = path.length();
      } else if (!part.isEmpty() && !part.equals(".")) {
        path.append('/').append(part);
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** The exact bytes, which the property {@code user.dir} lacks under some locales. */
  private static String workingDirectory() {
    try {
      return NativePath.text(Files.readSymbolicLink(Path.of("/proc/self/cwd")));
    } catch (IOException noProc) {
      return System.getProperty("user.dir", "/");
    }
  }
}
