package org.usersvc.daemon.log;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.NativeText;

/** Logs once that a log cannot be written, and once that it can; a full disk once for all logs. */
final class LogComplaints {
  private final Consumer<String> warn;
  private final Set<String> withoutSpace = new HashSet<>();
  private long dropped;

  LogComplaints(Consumer<String> warn) {
    this.warn = warn;
  }

  static boolean lacksSpace(IOException fault) {
    return fault instanceof FileFault refusal && refusal.errno().lacksSpace();
  }

  /** The reason in a few words. */
  static String reason(IOException fault) {
    return fault instanceof FileFault refusal
        ? refusal.errno().describe()
        : String.valueOf(fault.getMessage());
  }

  /** The log of that name cannot be written. */
  void begin(String name, IOException fault) {
    if (!lacksSpace(fault)) {
      warn.accept("log of " + shown(name) + ": " + fault.getMessage() + ", retrying");
      return;
    }
    if (withoutSpace.isEmpty()) {
      warn.accept(
          fault.getMessage()
              + "; lines wait in their pipes, then old logs are removed, then lines are dropped");
    }
    withoutSpace.add(name);
  }

  /** The log of that name can be written again. */
  void end(String name, long lines) {
    if (!withoutSpace.contains(name)) {
      warn.accept("log of " + shown(name) + " is written again, " + lines + " lines dropped");
      return;
    }
    withoutSpace.remove(name);
    dropped += lines;
    if (withoutSpace.isEmpty()) {
      warn.accept("there is space for logs again, " + dropped + " lines dropped");
      dropped = 0;
    }
  }

  /** The service of that name has ended before its log could be written again. */
  void abandon(String name, long lines) {
    warn.accept("log of " + shown(name) + " has ended, " + lines + " lines dropped");
    if (withoutSpace.remove(name) && withoutSpace.isEmpty()) {
      dropped = 0;
    }
  }

  /** The batches of the log of that name are not in the ledger. */
  void withoutLedger(String name, IOException fault) {
    warn.accept(
        "ledger: %s; lines of %s may be logged twice if the daemon is killed, going on"
            .formatted(fault.getMessage(), shown(name)));
  }

  private static String shown(String name) {
    return NativeText.printable(name);
  }
}
