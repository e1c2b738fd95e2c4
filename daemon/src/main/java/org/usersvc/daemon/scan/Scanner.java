package org.usersvc.daemon.scan;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.Platform;

/**
 * Watches the scan directory: maps its names to directories. It skips names with a leading dot, and
 * entries that are no directories (runsvdir.c:101). <b>Loop thread only.</b>
 */
public final class Scanner {
  /** The most names that are used; further ones wait until others have gone. */
  public static final int MOST = 10_000;

  /**
   * Receives names that come and go, new ones first. {@link ScanNames} is updated name by name,
   * just before each call.
   */
  public interface Tree {
    void attach(String name, ServiceId id);

    void detach(String name, ServiceId id);
  }

  private final ScanNames names;
  private final Map<String, String> unknown = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final Platform platform;
  private final ScanPath path;
  private final ScanLinks links;
  private final Tree tree;
  private boolean followSoon;
  private boolean full;

  /**
   * Watches nothing yet.
   *
   * @param path of the scan directory
   * @param names receives the findings
   */
  public Scanner(
      Platform platform, WatchTable watchTable, String path, ScanNames names, Tree tree) {
    this.platform = platform;
    this.names = names;
    this.path = new ScanPath(platform, watchTable, path, this::pathChanged);
    this.links =
        new ScanLinks(
            platform, watchTable, this.path, this::entryChanged, name -> examine(List.of(name)));
    this.tree = tree;
  }

  public ScanPath path() {
    return path;
  }

  /** Looks at the path and at all names. */
  public void scan() {
    path.follow(this::entryChanged);
    if (!path.isOpen() || path.complaint() != null) {
      return;
    }
    try {
      var all = new TreeSet<>(platform.files().list(path.descriptor(), "."));
      all.addAll(names.all());
      examine(all);
      links.follow(all);
    } catch (FileFault fault) {
      platform
          .messages()
          .warn(path + ": " + fault.getMessage() + "; its services are left as they are");
    }
  }

  private void pathChanged() {
    followSoon = true;
    schedule();
  }

  private void entryChanged(String name) {
    if (!name.isEmpty()) {
      changed.add(name);
      schedule();
    }
  }

  private void schedule() {
    if (changed.size() + (followSoon ? 1 : 0) == 1) {
      platform.loop().soon(this::takeChanges);
    }
  }

  private void takeChanges() {
    var batch = List.copyOf(changed);
    changed.clear();
    if (followSoon) {
      followSoon = false;
      scan();
    } else if (path.isOpen()) {
      examine(batch);
      links.follow(batch);
    }
  }

  private void examine(Collection<String> batch) {
    var gone = new LinkedHashMap<String, ServiceId>();
    var come = new LinkedHashMap<String, ServiceId>();
    for (String name : batch) {
      var before = names.idOf(name);
      if (before == null && full) {
        continue;
      }
      var now = idOf(name);
      if (now == null ? before == null : now.equals(before)) {
        continue;
      }
      if (before == null && !hasRoom(name, names.all().size() + come.size() - gone.size())) {
        continue;
      }
      if (before != null) {
        gone.put(name, before);
      }
      if (now != null) {
        come.put(name, now);
      }
    }
    come.forEach((name, id) -> {
      names.put(name, id);
      tree.attach(name, id);
    });
    gone.forEach(this::detach);
  }

  private void detach(String name, ServiceId id) {
    names.remove(name, id);
    if (full) { // for those that were left out
      full = false;
      pathChanged();
    }
    tree.detach(name, id);
  }

  /** The reason why an existing name is not used, null if it is used or does not exist. */
  public @Nullable String refusal(String name) {
    String why = unknown.get(name);
    if (why != null) {
      return why;
    }
    if (full && !names.all().contains(name) && idOf(name) != null) {
      return tooMany();
    }
    return names.all().contains(name) ? null : flaw(name);
  }

  /** The reason why an existing entry is no service. */
  private @Nullable String flaw(String name) {
    if (!path.isOpen() || name.isEmpty() || name.indexOf('/') >= 0) {
      return null;
    }
    try {
      var files = platform.files();
      var entry = files.linkStat(path.descriptor(), name);
      if (entry == null) {
        return null;
      }
      if (name.startsWith(".")) {
        return "names with a leading dot are no services";
      }
      var end = files.stat(path.descriptor(), name);
      if (end != null) {
        String not = path + "/" + NativeText.printable(name) + " is not a directory";
        return end.isDirectory() ? null : not;
      }
      String target = files.readLink(path.descriptor(), name);
      return "%s/%s is a link that leads nowhere, to %s; make that, or remove the link"
          .formatted(path, NativeText.printable(name), NativeText.printable(target));
    } catch (FileFault fault) {
      return fault.getMessage();
    }
  }

  private String tooMany() {
    return path + " has more than " + MOST + " services; it is left out until others have gone";
  }

  /** Whether there is room for one more; logs the lack once. */
  private boolean hasRoom(String name, int followed) {
    if (followed < MOST) {
      return true;
    }
    if (!full) {
      platform.messages().warn(NativeText.printable(name) + ": " + tooMany());
      full = true;
    }
    return false;
  }

  private @Nullable ServiceId idOf(String name) {
    if (name.startsWith(".")) {
      return null;
    }
    try {
      var found = platform.files().stat(path.descriptor(), name);
      unknown.remove(name);
      return found != null && found.isDirectory() ? found.id() : null;
    } catch (FileFault fault) {
      String before = unknown.put(name, String.valueOf(fault.getMessage()));
      if (!Objects.equals(before, fault.getMessage())) {
        platform.messages().warn(path + ": " + fault.getMessage() + ", ignoring");
      }
      return names.idOf(name);
    }
  }
}
