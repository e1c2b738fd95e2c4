package org.usersvc.daemon.enable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * Finds available services: directories with a {@code run} that become services only when they are
 * enabled. One of the user's hides the administrator's, which hides a shipped one.
 */
public final class AvailableServices {
  /** A comment is among so many bytes at the start of a run. */
  private static final int COMMENTED = 1024;

  private static final String OF_ADMINISTRATOR = "/etc/usersvc/sv";
  private static final String OVERRIDES = "/usersvc/override/";
  private static final String SHIPPED = "/usr/share/usersvc/sv";

  private final FileSystem files;
  private final List<String> directories;

  /**
   * An available service.
   *
   * @param path of its directory
   * @param comment what it is, in one line; empty if its run does not say so
   */
  public record Offer(String name, String path, String comment) {}

  /**
   * @param directories absolute paths; the first that has a service of the name counts
   */
  public AvailableServices(FileSystem files, List<String> directories) {
    this.files = files;
    this.directories = List.copyOf(directories);
  }

  /**
   * The usual directories: the user's, the administrator's, the shipped ones.
   *
   * @param share the shared files of the daemon's own image, null if unknown
   */
  public static List<String> directories(Environment environment, @Nullable String share) {
    var all = new ArrayList<String>();
    String config = environment.value("XDG_CONFIG_HOME");
    String home = environment.value("HOME");
    if (isAbsolute(config)) {
      all.add(config + "/sv");
    } else if (isAbsolute(home)) {
      all.add(home + "/.config/sv");
    }
    all.add(OF_ADMINISTRATOR);
    if (isAbsolute(share)) {
      all.add(share + "/sv");
    }
    all.add(SHIPPED);
    return List.copyOf(all);
  }

  private static boolean isAbsolute(@Nullable String path) {
    return path != null && path.startsWith("/");
  }

  /** Whether a service can be enabled under this name: not hidden, and one step of a path. */
  public static boolean isName(String name) {
    return !name.isEmpty() && name.indexOf('/') < 0 && !name.startsWith(".");
  }

  /** The directories that are searched, in this order. */
  public List<String> looked() throws FileFault {
    var all = new ArrayList<String>();
    for (String directory : directories) {
      String tidy = tidy(directory);
      if (!all.contains(tidy)) {
        all.add(tidy);
      }
    }
    return all;
  }

  /**
   * The absolute path of an available service.
   *
   * @return null if no directory has one of that name
   */
  @Nullable String find(String name) throws FileFault {
    for (String directory : looked()) {
      String path = directory + "/" + name;
      if (files.stat(FileSystem.ABSOLUTE, path + "/run") != null) {
        return path;
      }
    }
    return null;
  }

  /**
   * The link to {@code /dev/null} by which the user or the administrator has masked the name.
   *
   * @return null if it is not masked, or a definition comes first
   */
  @Nullable String mask(String name) throws FileFault {
    for (String directory : looked()) {
      String path = directory + "/" + name;
      var found = files.linkStat(FileSystem.ABSOLUTE, path);
      if (found != null && found.kind() == FileStat.Kind.LINK) {
        return files.readLink(FileSystem.ABSOLUTE, path).equals("/dev/null") ? path : null;
      }
      if (files.stat(FileSystem.ABSOLUTE, path + "/run") != null) {
        return null;
      }
    }
    return null;
  }

  /**
   * The directory of single files that the user puts above the available service of that name;
   * there may be none.
   */
  String overlay(String name) {
    String user = directories.getFirst();
    return user.substring(0, user.lastIndexOf('/')) + OVERRIDES + name;
  }

  /** The names of all available services, sorted. */
  Set<String> names() throws FileFault {
    var names = new TreeSet<String>();
    for (String directory : looked()) {
      if (files.stat(FileSystem.ABSOLUTE, directory) != null) {
        files.list(FileSystem.ABSOLUTE, directory).stream()
            .filter(AvailableServices::isName)
            .forEach(names::add);
      }
    }
    return names;
  }

  /** All available services that are not masked, by name. */
  List<Offer> offers() throws FileFault {
    var offers = new ArrayList<Offer>();
    for (String name : names()) {
      String path = mask(name) == null ? find(name) : null;
      if (path != null) {
        offers.add(new Offer(name, path, comment(name, path)));
      }
    }
    return offers;
  }

  /** What the first comment of its run says, without the name that begins it. */
  private String comment(String name, String path) {
    try {
      byte[] start = files.read(FileSystem.ABSOLUTE, path + "/run", COMMENTED);
      String text =
          NativeText.decode(start)
              .lines()
              .skip(1)
              .findFirst()
              .filter(line -> line.startsWith("#"))
              .map(line -> line.substring(1).strip())
              .orElse("");
      String rest = text.startsWith(name + ":") ? text.substring(name.length() + 1).strip() : text;
      int end = rest.indexOf(". ");
      return end < 0 ? rest : rest.substring(0, end + 1);
    } catch (FileFault unreadable) {
      return "";
    }
  }

  /** The path without {@code ..}, if it leads to the same place: for people and for links. */
  private String tidy(String path) throws FileFault {
    String plain = withoutDots(path);
    if (plain.equals(path)) {
      return path;
    }
    var before = files.stat(FileSystem.ABSOLUTE, path);
    var after = files.stat(FileSystem.ABSOLUTE, plain);
    boolean same = before == null || (after != null && after.id().equals(before.id()));
    return same ? plain : path;
  }

  private static String withoutDots(String path) {
    var steps = new ArrayDeque<String>();
    for (String step : path.split("/", -1)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return "/" + String.join("/", steps);
  }
}
