package org.usersvc.client.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The living processes whose logins are entered. */
public final class LoginEntries {
  private static final Pattern ENTRY = Pattern.compile("([1-9][0-9]{0,8})\\.([0-9]+)\\.[0-9]+");
  private static final int PARENT = 1;
  private static final int START_TIME = 19;

  private LoginEntries() {}

  /** Whether logins of this user are entered at all. */
  public static boolean areMade(Map<String, String> environment) {
    try {
      String uid = String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
      return Files.isDirectory(Root.of(environment).logins().resolve(uid));
    } catch (IOException unknown) {
      return false;
    }
  }

  /** In the directory of one user, which need not exist. */
  static SortedSet<Long> in(Path directory) throws IOException {
    var pids = new TreeSet<Long>();
    if (!Files.isDirectory(directory)) {
      return pids;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Matcher name = ENTRY.matcher(String.valueOf(entry.getFileName()));
        if (name.matches() && stat(name.group(1), START_TIME).equals(name.group(2))) {
          pids.add(Long.valueOf(name.group(1)));
        }
      }
    }
    return pids;
  }

  /** Whether this process descends from one of them. */
  static boolean isWithin(SortedSet<Long> pids) {
    String pid = Long.toString(ProcessHandle.current().pid());
    while (!pid.isEmpty() && !pids.contains(Long.valueOf(pid))) {
      pid = stat(pid, PARENT);
    }
    return !pid.isEmpty();
  }

  /** A field after the name in /proc/PID/stat; empty if there is no such process. */
  private static String stat(String pid, int field) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"), ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)[field];
    } catch (IOException gone) {
      return "";
    }
  }
}
