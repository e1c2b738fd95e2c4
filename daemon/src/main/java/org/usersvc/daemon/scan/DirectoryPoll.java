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
 * Directories without a watch of the kernel, because the user's inotify instances or watches are
 * used up. Every few seconds each is offered to the kernel again, then compared with its last
 * state; differences are reported as the kernel would report them. <b>Loop thread only.</b>
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
   * Polls the directory from now on.
   *
   * @param why the kernel does not watch it
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

  /** Stops polling. */
  void end() {
    List.copyOf(looks.keySet()).forEach(this::remove);
    next.clear();
  }

  private void lookAtAll() {
    boolean room = true;
    for (var each : Map.copyOf(looks).entrySet()) {
      var interest = each.getKey();
      if (looks.containsKey(interest)) { // an earlier report may have ended it
        room = room && isWatched(interest, each.getValue());
        var changes = each.getValue().changes();
        if (interest.isWatched()) {
          remove(interest);
        }
        changes.forEach(interest::changed);
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
    } catch (FileFault ignored) { // it was logged at the beginning
      return false;
    }
  }

  /** One directory in the state of the last look. */
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

    /** The names of changed entries, the empty one for the directory itself. */
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
      } catch (FileFault ignored) { // an unreadable directory counts as unchanged
        return before;
      }
    }
  }
}
