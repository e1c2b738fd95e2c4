package org.usersvc.systemd.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.systemd.unit.MainProcessSettings;

/**
 * Finds the main process of a forking service: by its PID file, or as the only process that the
 * daemon has inherited. <b>Loop thread only.</b>
 */
final class MainSearch {
  private static final int LONGEST = 64;

  /** A PID file that is there is read again after that time until it has a pid. */
  private static final Duration AGAIN = Duration.ofMillis(50);

  private final Workplace place;
  private final UnitProcesses processes;
  private final Listener listener;
  private final Alarm alarm;
  private @Nullable Runnable watch;
  private int round;

  /** Is notified of the result. */
  interface Listener {
    void found(int pid);

    /** There are processes, but none of them is surely the main one. */
    void unknown();

    /** There is no process. */
    void none();
  }

  MainSearch(Workplace place, UnitProcesses processes, Listener listener) {
    this.place = place;
    this.processes = processes;
    this.listener = listener;
    this.alarm = place.mechanisms().turns().alarm();
  }

  /** Begins to search; at most one answer follows. */
  void begin(MainProcessSettings settings) {
    end();
    String file = settings.pidFile();
    if (file == null) {
      int asked = round;
      processes.census((table, found) -> {
        if (asked == round) {
          guess(table, found, settings.guessMainPid());
        }
      });
      return;
    }
    watch = place.mechanisms().watches().watch(file, false, () -> read(file));
    read(file);
  }

  /** Ends the search, if there is one. */
  void end() {
    round++;
    alarm.clear();
    if (watch != null) {
      watch.run();
      watch = null;
    }
  }

  private boolean isInherited(ProcessTable table, int pid) {
    var process = table.find(pid);
    return process != null && process.parent() == place.self();
  }

  private void guess(ProcessTable table, Set<Integer> found, boolean mayGuess) {
    var inherited = found.stream().filter(pid -> isInherited(table, pid)).toList();
    if (found.isEmpty()) {
      listener.none();
    } else if (mayGuess && inherited.size() == 1) {
      listener.found(inherited.getFirst());
    } else {
      listener.unknown();
    }
  }

  private void read(String file) {
    int asked = round;
    processes.census((_, found) -> {
      if (asked != round) {
        return;
      }
      int pid = pidIn(file);
      if (found.isEmpty()) {
        end();
        listener.none();
      } else if (found.contains(pid)) {
        end();
        listener.found(pid);
      } else if (pid >= 0) {
        alarm.set(AGAIN, () -> read(file));
      }
    });
  }

  /** The pid in a file; 0 if there is none in it, -1 if it cannot be read. */
  private int pidIn(String file) {
    try {
      var bytes = place.mechanisms().files().read(FileSystem.ABSOLUTE, file, LONGEST);
      String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
      return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    } catch (FileFault ignored) { // it is written later
      return -1;
    }
  }
}
