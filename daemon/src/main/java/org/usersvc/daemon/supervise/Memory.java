package org.usersvc.daemon.supervise;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.Journal;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.ProcessMemory;
import org.usersvc.daemon.state.ProcessMemory.Living;
import org.usersvc.daemon.state.ProcessMemory.Past;
import org.usersvc.daemon.state.StateFile;

/** Keeps in the state file what the next daemon has to know of services. */
public final class Memory implements Watcher, Journal {
  private final Map<ProcessMemory.Key, ProcessMemory> kept = new HashMap<>();
  private final Set<Supervised> changed = new LinkedHashSet<>();
  private final Platform platform;
  private final StateFile file;

  public Memory(Platform platform, StateFile file) {
    this.platform = platform;
    this.file = file;
  }

  /** The file has these already, from an earlier daemon: they are written when they change. */
  public void recall(List<ProcessMemory> found) {
    found.forEach(each -> kept.put(each.key(), each));
  }

  @Override
  public void changed(Supervised process) {
    changed.add(process);
  }

  @Override
  public void gone(Supervised process) {
    changed.remove(process);
    remove(keyOf(process));
  }

  @Override
  public void remove(ProcessMemory.Key key) {
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

  @Override
  public void switched() {}

  /** Hands on what has changed; to be called at the end of a turn. */
  public void write() {
    for (var process : changed) {
      if (!(process.state().phase() instanceof Phase.Gone)) {
        var now = of(process);
        var before = kept.put(now.key(), now);
        if (before == null || !now.equals(before)) {
          file.put(now);
        }
      }
    }
    changed.clear();
  }

  static ProcessMemory.Key keyOf(Supervised process) {
    return new ProcessMemory.Key(process.service().id(), process.isLogger());
  }

  private ProcessMemory of(Supervised process) {
    var before = kept.get(keyOf(process));
    return new ProcessMemory(
        keyOf(process),
        process.nativeName(),
        process.state(),
        living(process, before),
        past(process),
        process.letters().waiting(),
        needs(process));
  }

  private Living living(Supervised process, @Nullable ProcessMemory before) {
    var performer = process.performer();
    int script = process.state().script() == null ? 0 : performer.script();
    boolean same = before != null && before.past().starts() == process.starts();
    var old = same && before != null ? before.living() : null;
    return new Living(
        identity(process.state().phase().pidOrZero(), old == null ? null : old.process()),
        identity(script, null),
        performer.lastRun());
  }

  /** What was looked up once is not looked up again. */
  private ProcessIdentity identity(int pid, @Nullable ProcessIdentity before) {
    return before != null && before.pid() == pid
        ? before
        : ProcessIdentity.of(platform.files(), pid);
  }

  private Past past(Supervised process) {
    var history = process.history();
    var left = process.untilRestart();
    @Nullable Instant restartAt = left == null ? null : platform.loop().clock().wall().plus(left);
    return new Past(
        history.since(),
        history.started(),
        history.starts(),
        history.deaths(),
        history.lastExit(),
        restartAt,
        history.elapsing());
  }

  private static Map<String, @Nullable String> needs(Supervised process) {
    var given = process.environmentGiven();
    var needs = new LinkedHashMap<String, @Nullable String>();
    process.neededNames().forEach(name -> needs.put(name, given.value(name)));
    return needs;
  }
}
