package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.check.DirectoryCheck;
import org.usersvc.client.local.Definitions;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.NativeText;

/**
 * Where the files of a service are: its directory in the scan directory, else the definition of
 * which {@code enable} would make it. Paths are native text.
 *
 * @param name of the service
 * @param directory of it, or of the definition
 * @param supervised whether it is in the scan directory
 * @param overrides the directory of the user's files above the definition, which may be absent
 */
record ServicePlace(
    String name, String directory, boolean supervised, String overrides, Definitions definitions) {
  /** Directories whose files belong to a service; others hold data of programs. */
  private static final Set<String> OURS =
      Set.of("control", "env", "dependencies.d", "waits-for.d", "log", "log/env", "log/control");

  private static final List<String> FIRST = List.of("run", "finish", "check");

  private static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(
              file -> file.startsWith("log/") ? 2 : file.contains("/") ? 1 : 0)
          .thenComparingInt(file -> FIRST.contains(file) ? FIRST.indexOf(file) : FIRST.size())
          .thenComparing(Comparator.naturalOrder());

  static ServicePlace find(Desk desk, String name) throws Refusal {
    Definitions definitions = Definitions.of(desk);
    String plain = name.startsWith("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
    String overrides = definitions.overrides() + "/" + plain;
    String scan = name.startsWith("/") ? "" : ScanDirectory.of(desk);
    String service = name.startsWith("/") ? name : scan + "/" + name;
    boolean path = scan.isEmpty();
    boolean odd = plain.isEmpty() || plain.startsWith(".") || (!path && name.contains("/"));
    if (!odd && Files.isDirectory(NativePath.of(service))) {
      return new ServicePlace(plain, service, true, overrides, definitions);
    }
    @Nullable String definition = odd || path ? null : definitions.find(name);
    if (definition != null) {
      return new ServicePlace(name, definition, false, overrides, definitions);
    }
    String hint = path ? "" : DirectoryCheck.hint(name, names(scan, definitions));
    throw new Refusal(
        "there is no such service in "
            + (path ? "this place" : scan)
            + ", and no definition in "
            + String.join(", ", definitions.all())
            + (hint.isEmpty() ? "; " + desk.usersvc() + " new makes one" : hint));
  }

  /** Of all services and definitions. */
  private static Set<String> names(String scan, Definitions definitions) {
    Set<String> names = new TreeSet<>();
    List<String> places = new ArrayList<>(definitions.all());
    places.add(scan);
    for (String place : places) {
      try {
        names.addAll(DirectoryCheck.names(NativePath.of(place), ""));
      } catch (IOException unreadable) {
        return names; // They are only for a hint.
      }
    }
    return names;
  }

  /** Its files, each with the path where it is; those of supervisors and data are left out. */
  Map<String, Path> files() throws IOException {
    var files = new TreeMap<String, Path>(ORDER);
    list(NativePath.of(directory), "", files);
    if (!supervised) {
      files.putAll(overriding());
    }
    return files;
  }

  /** The user's files above the definition, by name. */
  Map<String, Path> overriding() throws IOException {
    var files = new TreeMap<String, Path>(ORDER);
    Path above = NativePath.of(overrides);
    if (Files.isDirectory(above)) {
      list(above, "", files);
    }
    return files;
  }

  private static void list(Path directory, String prefix, Map<String, Path> into)
      throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name =
            prefix + NativePath.text(entry.subpath(entry.getNameCount() - 1, entry.getNameCount()));
        if (Files.isRegularFile(entry) && !isHidden(name)) {
          into.put(name, entry);
        } else if (Files.isDirectory(entry) && OURS.contains(name)) {
          list(entry, name + "/", into);
        }
      }
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.contains("/.");
  }

  /** The path of a file, whether it is there or not. */
  Path file(String file) {
    return NativePath.of(directory + "/" + file);
  }

  /** Where links lead from the file; the path itself if it is absent. */
  static String source(Path file) {
    try {
      return NativePath.text(file.toRealPath());
    } catch (IOException absent) {
      return NativePath.text(file);
    }
  }

  /** The definition of which the service was made by links; null: its files are its own. */
  @Nullable String origin() {
    if (!supervised) {
      return directory;
    }
    String run = target(file("run"));
    if (run.isEmpty() || !run.startsWith(overrides + "/")) {
      return run.isEmpty() ? null : directory(run);
    }
    String recorded = target(file(".definition"));
    return recorded.isEmpty() ? definitions.find(name) : recorded;
  }

  /** Where a link leads, as it is written; empty if it is none. */
  private static String target(Path link) {
    try {
      return Files.isSymbolicLink(link) ? NativePath.text(Files.readSymbolicLink(link)) : "";
    } catch (IOException vanished) {
      return "";
    }
  }

  private static String directory(String file) {
    return file.substring(0, Math.max(file.lastIndexOf('/'), 1));
  }

  /** Whether the file there is one of the user's above the definition. */
  boolean isOverride(String source) {
    return source.startsWith(overrides + "/")
        || source.startsWith(source(NativePath.of(overrides)) + "/");
  }

  /** Refuses what is not the name of a file of a service directory. */
  static void checkFile(String file) throws Refusal {
    boolean odd = file.startsWith("/") || file.endsWith("/") || file.contains("//");
    for (String step : file.split("/", -1)) {
      odd |= step.isEmpty() || step.startsWith(".");
    }
    int slash = file.lastIndexOf('/');
    if (odd || (slash >= 0 && !OURS.contains(file.substring(0, slash)))) {
      throw new Refusal(
          "'"
              + NativeText.printable(file)
              + "' is no file of a service directory, such as run, env/EDITOR or log/run");
    }
    if (file.equals("supervise") || file.startsWith("supervise/")) {
      throw new Refusal("supervise is usersvcd's own; it is not to be changed");
    }
  }

  /** Whether the file has to be executable. */
  static boolean isScript(String file) {
    String last = file.substring(file.lastIndexOf('/') + 1);
    boolean named = FIRST.contains(last) && !file.startsWith("env/") && !file.contains(".d/");
    return named || file.startsWith("control/") || file.startsWith("log/control/");
  }

  /** Whether something is there, even a broken link. */
  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
