package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.scan.WatchTable;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/**
 * Notifies one process when the definition in its directory changes. Where entries are links, it
 * also watches their targets, as long as the process does not run and a change might mend it.
 * <b>Loop thread only.</b>
 */
final class DefinitionWatch {
  /** Entries that define run: their change may mend one that does not start. */
  private static final List<String> DEFINING =
      List.of(
          "run",
          "conf",
          "env",
          "needs-env",
          "type",
          "restart",
          "dependencies.d",
          "waits-for.d",
          "directory",
          "limits");

  /** Entries that say what starts it beside commands. */
  private static final List<String> TRIGGERS = List.of(ServiceDirectory.SCHEDULE, "watch");

  private final Platform platform;
  private final WatchTable watchTable;
  private final ServiceProcess process;
  private final Runnable logChanged;
  private final Runnable triggersChanged;
  private final WatchTable.Interest entries;
  private final List<PathWatch> links = new ArrayList<>();

  private final Rest rest;
  private final SuperviseWatch supervise;

  /** Directories whose appearance does not mend a log service any more. */
  private final Set<String> directories = new HashSet<>(Set.of("supervise"));

  /** The actions for changes that are not of the process itself. */
  record News(Runnable log, Runnable triggers) {}

  /**
   * Begins to watch the directory.
   *
   * @param news what is run when something has happened to log/, or to a trigger
   * @throws FileFault if it can neither be watched nor polled
   */
  DefinitionWatch(
      Platform platform, WatchTable watchTable, Rest rest, SuperviseWatch supervise, News news)
      throws FileFault {
    this.platform = platform;
    this.watchTable = watchTable;
    this.rest = rest;
    this.supervise = supervise;
    this.process = supervise.process();
    this.logChanged = news.log();
    this.triggersChanged = news.triggers();
    this.entries = watchTable.add(process.directory().descriptor(), this::entryChanged);
  }

  ServiceProcess process() {
    return process;
  }

  private void entryChanged(String name) {
    supervise.entryChanged(name);
    if (DEFINING.contains(name)) {
      mayBeMended();
    } else if (name.equals("linger")) {
      process.parts().treatment().read();
      process.changed();
    } else if (TRIGGERS.contains(name)) {
      triggersChanged.run();
    } else if (name.equals(ServiceDirectory.STOP_BOUND)) {
      process.parts().treatment().stopBoundChanged();
    } else if (name.equals(ServiceDirectory.EXPORTS)) {
      process.parts().exports().review();
    } else if (name.equals("log") && !process.isLogger()) {
      logChanged.run();
    } else if (process.isLogger() && isNewDirectory(name)) {
      mayBeMended(); // svlogd's, most likely
    }
  }

  /** Each ends a restart delay only once, or a logger that makes some would get no delay. */
  private boolean isNewDirectory(String name) {
    return process.directory().hasDirectory(name)
        && directories.add(name)
        && process.untilRestart() != null;
  }

  /** A directory is filled file by file; a down that comes before or after run counts. */
  private void mayBeMended() {
    if (process.state().phase() instanceof Phase.Incomplete && process.history().isUntouched()) {
      rest.await(process, this::reportChange);
    } else {
      reportChange();
    }
  }

  private void reportChange() {
    process.feed(new Event.DefinitionChanged());
  }

  /** Something was mounted, or changes were lost: missing files may have come. */
  void lookAgain() {
    supervise.look();
    process.parts().treatment().stopBoundChanged();
    process.parts().exports().review();
    if (process.state().phase() instanceof Phase.Incomplete) {
      mayBeMended();
    }
  }

  /** To be called when the phase has changed. */
  void review() {
    links.forEach(PathWatch::forget);
    links.clear();
    switch (process.state().phase()) {
      case Phase.Incomplete _ -> {
        followLinks();
        if (process.directory().hasRun()) { // run came just before the watch began
          platform.loop().soon(this::lookAgain);
        }
      }
      case Phase.BackingOff _, Phase.Settling _, Phase.Waiting _ -> followLinks();
      case Phase.Down _, Phase.Preparing _, Phase.Starting _, Phase.Running _ -> {}
      case Phase.Completed _, Phase.FinishStarting _, Phase.Finishing _, Phase.Gone _ -> {}
    }
  }

  private void followLinks() {
    int directory = process.directory().descriptor();
    String path = process.directoryPath();
    try {
      for (String entry : path == null ? List.<String>of() : DEFINING) {
        var found = platform.files().linkStat(directory, entry);
        if (found != null && found.kind() == Kind.LINK) {
          var way = new PathWatch(platform.files(), watchTable, this::mayBeMended);
          links.add(way);
          way.followInto(path + "/" + entry);
        }
      }
    } catch (FileFault fault) {
      platform.messages().warn(process.name() + ": " + fault.getMessage() + ", ignoring");
    }
  }

  void end() {
    links.forEach(PathWatch::forget);
    links.clear();
    supervise.end();
    watchTable.remove(entries);
  }
}
