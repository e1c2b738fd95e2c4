package org.usersvc.daemon.adopt;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.Journal;
import org.usersvc.daemon.state.RecordedProcess;
import org.usersvc.daemon.state.StateFile;
import org.usersvc.daemon.supervise.ProcessSnapshot;
import org.usersvc.daemon.supervise.ServiceProcess;
import org.usersvc.daemon.view.Watcher;

/** Keeps the services' processes in the state file, for the next daemon. */
public final class ProcessJournal implements Watcher<ServiceProcess>, Journal {
  private final Map<RecordedProcess.Key, RecordedProcess> kept = new HashMap<>();
  private final Set<ServiceProcess> changed = new LinkedHashSet<>();
  private final Platform platform;
  private final StateFile file;

  public ProcessJournal(Platform platform, StateFile file) {
    this.platform = platform;
    this.file = file;
  }

  /** Takes in what the file has from an earlier daemon; it is written again only if it changes. */
  public void recall(List<RecordedProcess> found) {
    found.forEach(each -> kept.put(each.key(), each));
  }

  @Override
  public void changed(ServiceProcess process) {
    changed.add(process);
  }

  @Override
  public void gone(ServiceProcess process) {
    changed.remove(process);
    remove(process.key());
  }

  @Override
  public void remove(RecordedProcess.Key key) {
    kept.remove(key);
    file.remove(key);
  }

  @Override
  public void unsettle(long since) {
    file.unsettle(since);
  }

  @Override
  public void settle() {
    file.settle();
  }

  /** Passes changes to the state file; to be called at the end of a turn. */
  public void write() {
    for (var process : changed) {
      if (!(process.state().phase() instanceof Phase.Gone)) {
        var before = kept.get(process.key());
        var now = ProcessSnapshot.of(process, before, platform);
        kept.put(now.key(), now);
        if (before == null || !now.equals(before)) {
          file.put(now);
        }
      }
    }
    changed.clear();
  }
}
