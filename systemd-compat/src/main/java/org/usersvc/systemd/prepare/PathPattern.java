package org.usersvc.systemd.prepare;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.condition.Glob;

/** Finds the files of a pattern such as {@code /etc/foo.d/*.conf}, as glob(7) does. */
public final class PathPattern {
  /** So many files a pattern finds at most; the others are ignored. */
  private static final int MOST = 1000;

  private final FileSystem files;

  public PathPattern(FileSystem files) {
    this.files = files;
  }

  /** The paths, sorted; the text itself if it is no pattern. */
  public List<String> expand(String pattern) {
    if (!isPattern(pattern)) {
      return List.of(pattern);
    }
    var found = List.of("");
    for (String part : pattern.substring(1).split("/", -1)) {
      var next = new ArrayList<String>();
      for (String path : found) {
        next.addAll(isPattern(part) ? entries(path, part) : List.of(path + "/" + part));
      }
      found = next.subList(0, Math.min(next.size(), MOST));
    }
    return found.stream().filter(this::isThere).toList();
  }

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  private List<String> entries(String directory, String part) {
    try {
      var glob = Glob.of(part);
      return files.list(FileSystem.ABSOLUTE, directory.isEmpty() ? "/" : directory).stream()
          .filter(name -> part.startsWith(".") || !name.startsWith("."))
          .filter(glob::matches)
          .sorted()
          .map(name -> directory + "/" + name)
          .toList();
    } catch (FileFault ignored) { // nothing is there
      return List.of();
    }
  }

  private boolean isThere(String path) {
    try {
      return files.stat(FileSystem.ABSOLUTE, path) != null;
    } catch (FileFault ignored) { // it cannot be read either
      return false;
    }
  }
}
