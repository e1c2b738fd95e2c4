package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.log.LogSource;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixDatagrams;

/** A built-in logger that reads nothing, and is done at once. */
public final class FakeLogs implements LogIntake {
  final Map<ServiceId, LogSource> open = new LinkedHashMap<>();
  public boolean silent;

  /** Whether what ends is not said to be written: a disk that hangs. */
  boolean hangs;

  final List<Runnable> unanswered = new ArrayList<>();
  public List<String> last = List.of();
  final List<String> own = new ArrayList<>();

  /** For a supervisor that really listens for notifications. */
  public Supervisor.Listeners listeners() {
    return new Supervisor.Listeners(
        this, new UnixDatagrams(), SelfProcess.uid(), SelfProcess.pid());
  }

  @Override
  public void begin(LogSource source) {
    open.put(source.id(), source);
  }

  @Override
  public void end(ServiceId id, Runnable done) {
    open.remove(id);
    if (hangs) {
      unanswered.add(done);
    } else {
      done.run();
    }
  }

  @Override
  public void rename(ServiceId id, String name) {
    open.computeIfPresent(id, (_, old) -> new LogSource(id, name, old.pipe(), old.format()));
  }

  @Override
  public void last(ServiceId id, String name, int lines, Consumer<List<String>> answer) {
    if (silent) {
      return;
    }
    answer.accept(last.subList(Math.max(0, last.size() - lines), last.size()));
  }

  @Override
  public void own(String line) {
    own.add(line);
  }
}
