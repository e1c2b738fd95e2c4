package org.usersvc.daemon.scan;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.platform.Platform;

/**
 * Directories that the kernel has no watch for: the user's inotify instances or watches are used
 * up. Every few seconds each is offered to the kernel again, then compared with how it was, and
 * what differs is told as the kernel would tell it. <b>Loop thread only.</b>
 */
final class DirectoryPoll {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Map<WatchTable.Interest, Look> looks = new LinkedHashMap<>();
  private final Platform platform;
  private final FileSystem files;
  private final WatchTable table;
  private final Alarm next;

  DirectoryPoll(Platform platform, WatchTable table) {
    this.platform = platform;
    this.files = platform.files();
    this.table = table;
    this.next = new Alarm(platform.loop().timers());
  }

  /**
   * Looks at the directory from now on.
   *
   * @param why the kernel does not
   */
  void add(int directory, WatchTable.Interest interest, FileFault why) throws FileFault {
    looks.put(interest, new Look(files.openDirectory(directory, "."), interest));
    if (!next.isSet()) {
      platform
          .messages()
          .warn(
              why.getMessage()
                  + "; changes are looked for every "
                  + PAUSE.toSeconds()
                  + " s until there is room (see fs.inotify in sysctl)");
      lookLater();
    }
  }

  private void lookLater() {
    next.set(PAUSE, this::lookAtAll);
  }

  void remove(WatchTable.Interest interest) {
    var look = looks.remove(interest);
    if (look != null) {
      files.close(look.descriptor);
    }
  }

  /** Looks at nothing any more. */
  void end() {
    List.copyOf(looks.keySet()).forEach(this::remove);
    next.clear();
  }

  private void lookAtAll() {
    boolean room = true;
    for (var each : Map.copyOf(looks).entrySet()) {
      var interest = each.getKey();
      if (looks.containsKey(interest)) { // what was told before may have ended it
        room = room && isWatched(interest, each.getValue());
        var changes = each.getValue().changes();
        if (interest.isWatched()) {
          remove(interest);
        }
        changes.forEach(interest::tell);
      }
    }
    if (looks.isEmpty()) {
      platform.messages().info("inotify has room again, changes are told at once");
    } else {
      lookLater();
    }
  }

  private boolean isWatched(WatchTable.Interest interest, Look look) {
    try {
      table.watch(look.descriptor, interest);
      return true;
    } catch (FileFault ignored) { // it was told when this began
      return false;
    }
  }

  /** One directory as it was when it was looked at last. */
  private final class Look {
    private final int descriptor;
    private final WatchTable.Interest interest;
    private Map<String, FileStat> entries;
    private @Nullable String path;

    private Look(int descriptor, WatchTable.Interest interest) {
      this.descriptor = descriptor;
      this.interest = interest;
      this.entries = read(Map.of());
      this.path = files.pathOf(descriptor);
    }

    /** Names of what has changed, the empty one for the directory itself. */
    private Set<String> changes() {
      var before = entries;
      entries = read(before);
      var changed = new HashSet<>(before.keySet());
      changed.addAll(entries.keySet());
      changed.removeIf(name -> Objects.equals(before.get(name), entries.get(name)));
      if (interest.kind() == WatchTable.Kind.REMOVALS) {
        changed.removeAll(entries.keySet());
      }
      String now = files.pathOf(descriptor);
      if (!Objects.equals(now, path)) {
        changed.add("");
      }
      path = now;
      return changed;
    }

    private Map<String, FileStat> read(Map<String, FileStat> before) {
      var found = new HashMap<String, FileStat>();
      try {
        String only = interest.only();
        for (String name : only == null ? files.list(descriptor, ".") : List.of(only)) {
          var stat = name.isEmpty() ? null : files.linkStat(descriptor, name);
          if (stat != null) {
            found.put(name, stat);
          }
        }
        return found;
      } catch (FileFault ignored) { // what cannot be looked at may be as it was
        return before;
      }
    }
  }
}
