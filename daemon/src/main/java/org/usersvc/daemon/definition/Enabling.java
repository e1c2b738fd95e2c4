package org.usersvc.daemon.definition;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.definition.DisableOutcome.Disabled;
import org.usersvc.daemon.definition.DisableOutcome.NotEnabled;
import org.usersvc.daemon.definition.DisableOutcome.NotOurs;
import org.usersvc.daemon.definition.DisableOutcome.Unlinked;
import org.usersvc.daemon.definition.EnableOutcome.AlreadyEnabled;
import org.usersvc.daemon.definition.EnableOutcome.Enabled;
import org.usersvc.daemon.definition.EnableOutcome.EnabledFromElsewhere;
import org.usersvc.daemon.definition.EnableOutcome.InTheWay;
import org.usersvc.daemon.definition.EnableOutcome.NoDefinition;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;

/**
 * Makes service directories from definitions and removes them. A service appears in the scan
 * directory as a whole or not at all, and a definition is only read. <b>Loop thread only.</b>
 */
public final class Enabling {
  private final FileSystem files;
  private final Definitions definitions;
  private final LinkTree links;

  /**
   * @param supervise path of the directory that holds the targets of the daemon's supervise links
   */
  public Enabling(FileSystem files, Definitions definitions, String supervise) {
    this.files = files;
    this.definitions = definitions;
    this.links = new LinkTree(files, supervise);
  }

  /**
   * Makes a service directory of links to a definition under a hidden name, then renames it.
   *
   * @param scan the open scan directory
   * @throws FileFault if a directory cannot be read or written; no service appears then
   */
  public EnableOutcome enable(int scan, String name) throws FileFault {
    if (!Definitions.isName(name)) {
      return new EnableOutcome.NotAName();
    }
    String definition = definitions.find(name);
    if (definition == null) {
      return new NoDefinition(definitions.looked());
    }
    var there = files.linkStat(scan, name);
    if (there != null) {
      return compare(scan, name, there, definition);
    }
    String obstacle = clear(scan, fresh(name), hidden(name));
    return obstacle == null ? make(scan, name, definition) : new InTheWay(obstacle);
  }

  private EnableOutcome make(int scan, String name, String definition) throws FileFault {
    boolean made = false;
    try {
      links.make(scan, fresh(name), definition);
      files.rename(scan, fresh(name), name);
      made = true;
    } finally {
      if (!made) {
        giveUp(scan, name);
      }
    }
    return new Enabled(definition);
  }

  private void giveUp(int scan, String name) {
    try {
      links.delete(scan, fresh(name));
    } catch (FileFault ignored) { // the next attempt tries again; the first fault is reported
      return;
    }
  }

  private EnableOutcome compare(int scan, String name, FileStat there, String definition)
      throws FileFault {
    if (isSame(scan, name, definition)) {
      return new AlreadyEnabled(definition);
    }
    String source = there.kind() == Kind.LINK ? files.readLink(scan, name) : source(scan, name);
    if (source == null) {
      return new InTheWay(name);
    }
    String from = source.startsWith("/") ? source : name + "/" + source;
    int at = source.startsWith("/") ? FileSystem.ABSOLUTE : scan;
    return there.isDirectory() && isSame(at, from, definition)
        ? new AlreadyEnabled(definition)
        : new EnabledFromElsewhere(source, definition);
  }

  private boolean isSame(int at, String path, String definition) throws FileFault {
    var one = files.stat(at, path);
    var other = files.stat(FileSystem.ABSOLUTE, definition);
    return one != null && other != null && one.id().equals(other.id());
  }

  /** The directory to which the run of a service links; null if the service was not enabled. */
  private @Nullable String source(int scan, String name) throws FileFault {
    var run = files.linkStat(scan, name + "/run");
    if (run == null || run.kind() != Kind.LINK) {
      return null;
    }
    String target = files.readLink(scan, name + "/run");
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
    if (!Definitions.isName(name)) {
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
