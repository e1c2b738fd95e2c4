package org.usersvc.daemon.main;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.supervise.Platform;

/**
 * The small process that holds the FIFOs of services while no daemon does ({@code
 * usersvc-keeper.c}). One that an earlier daemon has started lives on, and another one that finds
 * it ends at once. <b>Loop thread only.</b>
 */
final class Keeper {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int LONGEST_PID = 16;

  private final Platform platform;
  private final @Nullable String program;
  private boolean ended;

  /**
   * @param program absolute path, null if there is none
   */
  Keeper(Platform platform, @Nullable String program) {
    this.platform = platform;
    this.program = program;
  }

  /** Starts it; without a C compiler at hand it was not built, and there is none. */
  void begin() {
    try {
      if (program == null || platform.files().stat(FileSystem.ABSOLUTE, program) == null) {
        return;
      }
      int slash = program.lastIndexOf('/') + 1;
      int directory =
          platform.files().openDirectory(FileSystem.ABSOLUTE, program.substring(0, slash));
      try {
        start(directory, "./" + program.substring(slash));
      } finally {
        platform.files().close(directory);
      }
    } catch (FileFault fault) {
      complain(String.valueOf(fault.getMessage()));
    }
  }

  private void start(int directory, String name) {
    var words = List.of(platform.runtime().path());
    var request = new SpawnRequest(directory, name, words, Environment.EMPTY, List.of());
    switch (platform.processes().spawn(request)) {
      case Spawned(int pid) -> platform.processes().onEndOf(pid, this::ended);
      case SpawnFailed(var errno) -> complain("execute " + program + ": " + errno.describe());
    }
  }

  private void ended(ExitStatus how) {
    if (ended || (how.success() && isAnotherOneWatched())) {
      return;
    }
    platform.messages().warn("usersvc-keeper: " + how.describe() + ", starting it again in 1 s");
    platform.loop().timers().after(PAUSE, this::begin);
  }

  private boolean isAnotherOneWatched() {
    try {
      byte[] pid = platform.files().read(FileSystem.ABSOLUTE, lock(), LONGEST_PID);
      String digits = NativeText.decode(pid).strip();
      return digits.isEmpty()
          || platform.processes().onEndOf(Integer.parseInt(digits), this::ended) != null;
    } catch (FileFault | NumberFormatException ignored) { // whoever did that, it is mended now
      return false;
    }
  }

  private String lock() {
    return platform.runtime().path() + "/keeper";
  }

  private void complain(String trouble) {
    platform
        .messages()
        .warn(trouble + "; what services write last while no usersvcd lives may be lost, going on");
  }

  /** Nothing is left to be held: it ends by itself. */
  void end() {
    ended = true;
    try {
      platform.files().remove(FileSystem.ABSOLUTE, lock());
    } catch (FileFault ignored) { // the directory has gone, and it with it
      return;
    }
  }
}
