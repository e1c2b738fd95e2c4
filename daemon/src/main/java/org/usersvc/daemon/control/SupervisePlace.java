package org.usersvc.daemon.control;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ServiceId;

/**
 * The place of the files of one supervise/.
 *
 * @param at the directory to which {@code prefix} is relative
 * @param prefix the path of the supervise directory, with a slash at its end
 * @param left whether an earlier daemon of this user has left a link to such a place
 * @param complaint why {@code supervise} of the service directory does not lead there, or null
 */
public record SupervisePlace(int at, String prefix, boolean left, @Nullable String complaint) {
  private static final Pattern OURS =
      Pattern.compile(".*/usersvc[^/]*/supervise/[0-9a-f]+-[0-9a-f]+");
  private static final String NAME = "supervise";
  private static final int MODE = 0700;

  /**
   * Finds or makes the place. A supervise that runsv has made is used as it is. Otherwise it
   * becomes a link to a directory below the runtime directory, so that nothing else is written to
   * the service directory while it is supervised. A link of the user's own is followed only to a
   * directory that another supervisor has made: else the daemon might overwrite any file.
   *
   * @param service the open service directory
   * @param runtime path of the directory that holds the supervise directories of all services
   */
  public static SupervisePlace make(FileSystem files, int service, ServiceId id, String runtime)
      throws FileFault {
    var found = files.linkStat(service, NAME);
    String own = runtime + "/" + id.asFileName();
    if (found != null && found.isDirectory() && !new Leftover(files, service).isThere()) {
      return new SupervisePlace(service, NAME + "/", false, null);
    }
    String target =
        found == null || found.kind() != FileStat.Kind.LINK ? "" : readLink(files, service);
    boolean ours = target.equals(own) || OURS.matcher(target).matches();
    if (!target.isEmpty() && !target.equals(own)) {
      if (ours && target.endsWith("/" + id.asFileName()) && isLocked(files, target)) {
        return new SupervisePlace(FileSystem.ABSOLUTE, target + "/", true, null);
      }
      if (!ours && isSupervise(files, service, runtime)) {
        return new SupervisePlace(service, NAME + "/", false, null);
      }
    }
    files.makeDirectory(FileSystem.ABSOLUTE, own, MODE);
    String complaint = link(files, service, own, found, target);
    return new SupervisePlace(FileSystem.ABSOLUTE, own + "/", ours, complaint);
  }

  /**
   * Whether supervise has a lock that decides whether the service may be started.
   *
   * @param service the open service directory
   */
  public static boolean decides(FileSystem files, int service) throws FileFault {
    var found = files.linkStat(service, NAME);
    return found != null && !(found.isDirectory() && new Leftover(files, service).isThere());
  }

  /** Whether both are the same directory by path. */
  boolean isAt(SupervisePlace other) {
    return at == other.at && prefix.equals(other.prefix);
  }

  SupervisePlace complaining(@Nullable String next) {
    return new SupervisePlace(at, prefix, left, next);
  }

  /** Whether supervise of the service directory leads here, as far as can be found out. */
  boolean isReachedFrom(FileSystem files, int service) {
    try {
      return at != FileSystem.ABSOLUTE || prefix.equals(files.readLink(service, NAME) + "/");
    } catch (FileFault fault) {
      return !fault.errno().is(Errno.ENOENT) && !fault.errno().is(Errno.EINVAL);
    }
  }

  /** Whether a daemon of another instance has the service. */
  private static boolean isLocked(FileSystem files, String place) {
    try {
      if (files.stat(FileSystem.ABSOLUTE, place + "/lock") == null) {
        return false;
      }
      int lock = files.openLockFile(FileSystem.ABSOLUTE, place + "/lock");
      try {
        return !files.lock(lock);
      } finally {
        files.close(lock);
      }
    } catch (FileFault ignored) { // then no daemon can use it
      return false;
    }
  }

  /** Whether supervise leads to a directory that a supervisor of this user has made. */
  private static boolean isSupervise(FileSystem files, int service, String runtime) {
    try {
      var own = files.stat(FileSystem.ABSOLUTE, runtime);
      var place = files.stat(service, NAME);
      var lock = files.linkStat(service, NAME + "/lock");
      var control = files.linkStat(service, NAME + "/control");
      return own != null
          && place != null
          && place.uid() == own.uid()
          && lock != null
          && lock.kind() == FileStat.Kind.REGULAR
          && control != null
          && control.kind() == FileStat.Kind.FIFO;
    } catch (FileFault ignored) { // it is another user's
      return false;
    }
  }

  /** Points supervise at {@code own}; returns the reason if that fails, else null. */
  private static @Nullable String link(
      FileSystem files, int service, String own, @Nullable FileStat found, String target) {
    try {
      if (found != null && found.isDirectory()) {
        new Leftover(files, service).remove();
      }
      if (found == null || found.isDirectory()) {
        files.makeLink(own, service, NAME);
      } else if (!own.equals(target)) {
        new Leftover(files, service).clear(NAME + ".new");
        files.makeLink(own, service, NAME + ".new");
        files.rename(service, NAME + ".new", NAME);
      }
      return null;
    } catch (FileFault fault) {
      return fault.getMessage();
    }
  }

  private static String readLink(FileSystem files, int service) {
    try {
      return files.readLink(service, NAME);
    } catch (FileFault ignored) { // the link is gone
      return "";
    }
  }

  /**
   * Ends the use of the link, as it would keep runsv from making its own supervise. A link to this
   * place is replaced by a {@link Leftover}, or removed if that fails; any other link is left.
   *
   * @param service the open service directory
   */
  void unlink(FileSystem files, int service, Status last) throws FileFault {
    if (at != FileSystem.ABSOLUTE) {
      return;
    }
    var found = files.linkStat(service, NAME);
    boolean link = found != null && found.kind() == FileStat.Kind.LINK;
    if (link && prefix.equals(readLink(files, service) + "/")) {
      try {
        new Leftover(files, service).make(last);
      } catch (FileFault ignored) { // no FIFOs, no space, or runsv was first
        removeLink(files, service);
      }
    }
  }

  private static void removeLink(FileSystem files, int service) throws FileFault {
    var found = files.linkStat(service, NAME);
    if (found != null && found.kind() == FileStat.Kind.LINK) {
      files.remove(service, NAME);
    }
  }

  String file(String name) {
    return prefix + name;
  }
}
