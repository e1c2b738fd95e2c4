package org.usersvc.client.check;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.usersvc.client.socket.NativePath;

/** Checks all files of one service directory. */
public final class DirectoryCheck {
  private static final int LARGEST = 1024 * 1024;

  private static final Set<String> DIRECTORIES =
      Set.of("control", "env", "dependencies.d", "waits-for.d", "log");

  private static final List<String> NAMES =
      List.of(
          "run",
          "finish",
          "down",
          "check",
          "control",
          "log",
          "env",
          "needs-env",
          "dependencies.d",
          "waits-for.d",
          "type",
          "restart",
          "notification-fd",
          "timeout-ready",
          "timeout-kill",
          "timeout-finish",
          "timeout-watchdog",
          "down-signal",
          "reload-signal",
          "linger",
          "limits",
          "directory",
          "schedule",
          "watch",
          "exports",
          "notify",
          "supervise");

  private final Path directory;
  private final Map<String, List<Finding>> found = new TreeMap<>();

  private DirectoryCheck(Path directory) {
    this.directory = directory;
  }

  /**
   * Findings by file, a path below the directory; that of the directory itself is empty.
   *
   * @throws IOException if it cannot be read
   */
  public static Map<String, List<Finding>> of(Path directory) throws IOException {
    var check = new DirectoryCheck(directory);
    check.entries("");
    if (!Files.exists(directory.resolve("run"), LinkOption.NOFOLLOW_LINKS)) {
      check.add("", Finding.error(0, "there is no run in it; usersvcd waits for one"));
    }
    return check.found;
  }

  /** The names in a directory of dependencies. */
  public static Set<String> names(Path directory, String kind) throws IOException {
    Set<String> names = new TreeSet<>();
    Path place = directory.resolve(kind);
    if (Files.isDirectory(place)) {
      try (Stream<Path> entries = Files.list(place)) {
        entries.map(DirectoryCheck::name).filter(name -> !name.startsWith(".")).forEach(names::add);
      }
    }
    return names;
  }

  /** {@code "; did you mean X?"}, or nothing. */
  public static String hint(String word, Set<String> known) {
    return Nearest.hint(word, known);
  }

  private static String name(Path entry) {
    return NativePath.text(entry.subpath(entry.getNameCount() - 1, entry.getNameCount()));
  }

  private void add(String file, Finding finding) {
    found.computeIfAbsent(file, _ -> new ArrayList<>()).add(finding);
  }

  private void entries(String prefix) throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(prefix.isEmpty() ? directory : directory.resolve(prefix))) {
      for (Path entry : entries) {
        String name = name(entry);
        if (!name.startsWith(".") && !name.equals("supervise")) {
          entry(prefix + name, entry, prefix.isEmpty() || prefix.equals("log/"));
        }
      }
    }
  }

  private void entry(String name, Path entry, boolean top) throws IOException {
    String last = name.substring(name.lastIndexOf('/') + 1);
    boolean wantsDirectory = top && DIRECTORIES.contains(last);
    if (!Files.exists(entry)) {
      String target = Files.readSymbolicLink(entry).toString();
      add(name, Finding.error(0, "it is a link to " + target + ", which is not there"));
    } else if (Files.isDirectory(entry)) {
      if (wantsDirectory) {
        entries(name + "/");
      } else if (top && NAMES.contains(last)) {
        add(name, Finding.error(0, "it is a directory, and has to be a file"));
      } else if (top) {
        misspelt(name, last);
      }
    } else if (wantsDirectory && !last.equals("log")) {
      add(name, Finding.error(0, "it is a file, and has to be a directory"));
    } else if (top && !NAMES.contains(last)) {
      misspelt(name, last);
    } else {
      file(name, entry);
    }
  }

  private void misspelt(String name, String last) {
    String hint = Nearest.hint(last, NAMES);
    if (!hint.isEmpty()) {
      add(name, Finding.warning(0, "usersvcd knows no file of this name" + hint));
    }
  }

  private void file(String name, Path entry) throws IOException {
    if (FileCheck.isScript(name) && !Files.isExecutable(entry)) {
      add(name, Finding.error(0, "it is not executable; chmod +x " + NativePath.text(entry)));
    }
    if (Files.isRegularFile(entry) && Files.size(entry) <= LARGEST) {
      byte[] content = Files.readAllBytes(entry);
      List<Finding> findings =
          FileCheck.isScript(name)
              ? ScriptCheck.of(name, content, ends())
              : FileCheck.of(name, content);
      findings.forEach(finding -> add(name, finding));
    }
  }

  private boolean ends() throws IOException {
    Path type = directory.resolve("type");
    return Files.exists(directory.resolve("schedule"))
        || (Files.isRegularFile(type)
            && FileCheck.plain(Files.readAllBytes(type)).strip().equals("oneshot"));
  }
}
