package org.usersvc.daemon.enable;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.enable.DisableOutcome.Disabled;
import org.usersvc.daemon.enable.DisableOutcome.NotEnabled;
import org.usersvc.daemon.enable.DisableOutcome.NotOurs;
import org.usersvc.daemon.enable.DisableOutcome.Unlinked;
import org.usersvc.daemon.enable.EnableOutcome.AlreadyEnabled;
import org.usersvc.daemon.enable.EnableOutcome.Enabled;
import org.usersvc.daemon.enable.EnableOutcome.EnabledFromElsewhere;
import org.usersvc.daemon.enable.EnableOutcome.InTheWay;
import org.usersvc.daemon.enable.EnableOutcome.Masked;
import org.usersvc.daemon.enable.EnableOutcome.NotAvailable;
import org.usersvc.daemon.enable.EnableOutcome.Renewed;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Likeness;

/**
 * Makes service directories from available services and removes them. A service appears in the scan
 * directory as a whole or not at all, and an available service is only read. <b>Loop thread
 * only.</b>
 */
public final class Enabling {
  private final FileSystem files;
  private final AvailableServices available;
  private final LinkTree links;

  /**
   * @param supervise path of the directory that holds the targets of the daemon's supervise links
   */
  public Enabling(FileSystem files, AvailableServices available, String supervise) {
    this.files = files;
    this.available = available;
    this.links = new LinkTree(files, supervise);
  }

  /** The path of an available service of that name, null if there is none. */
  @Nullable String available(String name) throws FileFault {
    return AvailableServices.isName(name) ? available.find(name) : null;
  }

  /** All that can be enabled. */
  List<AvailableServices.Offer> offers() throws FileFault {
    return available.offers();
  }

  /** The directories that are searched. */
  List<String> looked() throws FileFault {
    return available.looked();
  }

  /** Whether the scan directory has a service of that name. */
  boolean isThere(int scan, String name) throws FileFault {
    return files.linkStat(scan, name) != null;
  }

  /**
   * Makes a service directory of links to an available service under a hidden name, then renames
   * it.
   *
   * @param scan the open scan directory
   * @throws FileFault if a directory cannot be read or written; no service appears then
   */
  public EnableOutcome enable(int scan, String name) throws FileFault {
    if (!AvailableServices.isName(name)) {
      return new EnableOutcome.NotAName();
    }
    String mask = available.mask(name);
    if (mask != null) {
      return new Masked(mask);
    }
    String origin = available.find(name);
    if (origin == null) {
      return new NotAvailable(available.looked(), Likeness.nearest(name, available.names()));
    }
    var there = files.linkStat(scan, name);
    if (there != null) {
      return compare(scan, name, there, origin);
    }
    String obstacle = clear(scan, fresh(name), hidden(name));
    return obstacle == null ? make(scan, name, origin) : new InTheWay(obstacle);
  }

  private EnableOutcome make(int scan, String name, String origin) throws FileFault {
    boolean made = false;
    try {
      links.make(scan, fresh(name), origin, available.overlay(name));
      files.rename(scan, fresh(name), name);
      made = true;
    } finally {
      if (!made) {
        giveUp(scan, name);
      }
    }
    return new Enabled(origin);
  }

  private void giveUp(int scan, String name) {
    try {
      links.delete(scan, fresh(name));
    } catch (FileFault ignored) { // the next attempt tries again; the first fault is reported
      return;
    }
  }

  private EnableOutcome compare(int scan, String name, FileStat there, String origin)
      throws FileFault {
    if (isSame(scan, name, origin)) {
      return new AlreadyEnabled(origin);
    }
    if (there.isDirectory() && origin.equals(source(scan, name))) {
      return links.renew(scan, name, origin, available.overlay(name))
          ? new Renewed(origin)
          : new AlreadyEnabled(origin);
    }
    String source = there.kind() == Kind.LINK ? files.readLink(scan, name) : source(scan, name);
    if (source == null) {
      return new InTheWay(name);
    }
    String from = source.startsWith("/") ? source : name + "/" + source;
    int at = source.startsWith("/") ? FileSystem.ABSOLUTE : scan;
    return there.isDirectory() && isSame(at, from, origin)
        ? new AlreadyEnabled(origin)
        : new EnabledFromElsewhere(source, origin);
  }

  private boolean isSame(int at, String path, String origin) throws FileFault {
    var one = files.stat(at, path);
    var other = files.stat(FileSystem.ABSOLUTE, origin);
    return one != null && other != null && one.id().equals(other.id());
  }

  /** The directory to which the run of a service links; null if the service was not enabled. */
  private @Nullable String source(int scan, String name) throws FileFault {
    var run = files.linkStat(scan, name + "/run");
    if (run == null || run.kind() != Kind.LINK) {
      return null;
    }
    String target = files.readLink(scan, name + "/run");
    var recorded = files.linkStat(scan, name + "/" + LinkTree.ORIGIN);
    if (recorded != null && recorded.kind() == Kind.LINK) {
      return files.readLink(scan, name + "/" + LinkTree.ORIGIN);
    }
    int slash = target.lastIndexOf('/');
    return slash < 0 ? "." : target.substring(0, Math.max(slash, 1));
  }

  /** Deletes the rest of interrupted attempts; returns the first entry of other origin, or null. */
  private @Nullable String clear(int scan, String... entries) throws FileFault {
    for (String entry : entries) {
      var left = files.linkStat(scan, entry);
      if (left == null) {
        continue;
      }
      String stranger = left.isDirectory() ? links.stranger(scan, entry) : entry;
      if (stranger != null) {
        return stranger;
      }
      links.delete(scan, entry);
    }
    return null;
  }

  /**
   * Hides a service directory made by {@link #enable}, or removes a plain link.
   *
   * @param scan the open scan directory
   */
  public DisableOutcome disable(int scan, String name) throws FileFault {
    if (!AvailableServices.isName(name)) {
      return new DisableOutcome.NotAName();
    }
    var there = files.linkStat(scan, name);
    if (there == null) {
      return new NotEnabled();
    }
    if (there.kind() == Kind.LINK) {
      String target = files.readLink(scan, name);
      files.remove(scan, name);
      return new Unlinked(target);
    }
    String stranger = there.isDirectory() ? links.stranger(scan, name) : name;
    if (stranger == null && source(scan, name) == null) {
      stranger = name;
    }
    if (stranger == null) {
      stranger = clear(scan, hidden(name));
    }
    return stranger == null ? hide(scan, name) : new NotOurs(stranger);
  }

  private DisableOutcome hide(int scan, String name) throws FileFault {
    int own = files.openDirectory(scan, ".");
    boolean done = false;
    try {
      files.rename(scan, name, hidden(name));
      done = true;
    } finally {
      if (!done) {
        files.close(own);
      }
    }
    return new Disabled(new HiddenService(files, links, own, hidden(name)));
  }

  private static String fresh(String name) {
    return "." + name + ".new";
  }

  private static String hidden(String name) {
    return "." + name + ".old";
  }
}
