package org.usersvc.daemon.control;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;

/**
 * Where the files of one supervise/ lie.
 *
 * @param at directory that {@code prefix} is relative to
 * @param prefix path of the supervise directory, with a slash at its end
 * @param complaint why {@code supervise} of the service directory does not lead there, or null
 */
public record SupervisePlace(int at, String prefix, @Nullable String complaint) {
  private static final Pattern OURS =
      Pattern.compile(".*/usersvc[^/]*/supervise/[0-9a-f]+-[0-9a-f]+");
  private static final int MODE = 0700;

  /**
   * Finds or makes the place. A supervise that runsv made is used as it is. Otherwise it becomes a
   * link to a directory below the runtime directory, so that nothing else is written to the service
   * directory; a link of the user's own is followed (runsv.c:438-449).
   *
   * @param service the open service directory
   * @param runtime path of the directory that holds the supervise directories of all services
   */
  public static SupervisePlace make(FileSystem files, int service, ServiceId id, String runtime)
      throws FileFault {
    var found = files.linkStat(service, "supervise");
    if (found != null && found.isDirectory()) {
      return new SupervisePlace(service, "supervise/", null);
    }
    String own = runtime + "/" + id.asFileName();
    if (found != null && found.kind() == FileStat.Kind.LINK) {
      String target = files.readLink(service, "supervise");
      if (!target.equals(own) && !OURS.matcher(target).matches()) {
        return follow(files, service, own, target);
      }
    }
    files.makeDirectory(FileSystem.ABSOLUTE, own, MODE);
    return new SupervisePlace(
        FileSystem.ABSOLUTE, own + "/", link(files, service, own, found != null));
  }

  private static SupervisePlace follow(FileSystem files, int service, String own, String target)
      throws FileFault {
    try {
      files.makeDirectory(service, target, MODE);
      return new SupervisePlace(service, "supervise/", null);
    } catch (FileFault fault) {
      files.makeDirectory(FileSystem.ABSOLUTE, own, MODE);
      return new SupervisePlace(FileSystem.ABSOLUTE, own + "/", fault.getMessage());
    }
  }

  /** Points supervise at {@code own}; returns why that was not possible. */
  private static @Nullable String link(FileSystem files, int service, String own, boolean exists) {
    try {
      if (!exists) {
        files.makeLink(own, service, "supervise");
      } else if (!own.equals(readLink(files, service))) {
        files.remove(service, "supervise.new");
        files.makeLink(own, service, "supervise.new");
        files.rename(service, "supervise.new", "supervise");
      }
      return null;
    } catch (FileFault fault) {
      return fault.getMessage();
    }
  }

  private static @Nullable String readLink(FileSystem files, int service) {
    try {
      return files.readLink(service, "supervise");
    } catch (FileFault ignored) { // a file of another kind, which the link will replace
      return null;
    }
  }

  String file(String name) {
    return prefix + name;
  }
}
