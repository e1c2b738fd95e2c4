package org.usersvc.daemon.main;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.SpawnLate;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Place;

/**
 * Starts the small process that holds the FIFOs of services while no daemon does ({@code
 * usersvc-keeper.c}). The keeper of an earlier daemon lives on, and a second one that finds it ends
 * at once. <b>Loop thread only.</b>
 */
final class Keeper {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(60);
  private static final int LONGEST_PID = 16;
  private static final String LOSS =
      "; what services write last while no usersvcd lives may be lost, going on";

  private final Platform platform;
  private final @Nullable String program;
  private int pid;
  private Duration pause = FIRST_PAUSE;
  private final Alarm again;
  private long since;
  private boolean logged;
  private boolean ended;

  /**
   * @param program its absolute path, null if there is none
   */
  Keeper(Platform platform, @Nullable String program) {
    this.platform = platform;
    this.program = program;
    this.again = new Alarm(platform.loop().timers());
  }

  /** Starts it, if it exists; without a C compiler it was not built. */
  void begin() {
    try {
      if (program == null || platform.files().stat(FileSystem.ABSOLUTE, program) == null) {
        return;
      }
      start(program);
    } catch (FileFault fault) {
      complain(fault.getMessage() + LOSS);
    }
  }

  /** Starts one for the present directory if the earlier keeper's has gone. */
  void settle() throws FileFault {
    if (ended || again.isSet() || platform.files().stat(FileSystem.ABSOLUTE, lock()) != null) {
      return;
    }
    if (pid != 0) {
      platform.processes().signal(pid, Signal.TERM);
    }
    begin();
  }

  private void start(String path) {
    int slash = path.lastIndexOf('/') + 1;
    var called = Program.of("./" + path.substring(slash), List.of(platform.runtime().path()));
    var place = new Place.At(path.substring(0, slash));
    var request = new SpawnRequest(place, called, Environment.EMPTY, List.of());
    since = platform.loop().clock().nanos();
    answered(platform.processes().spawn(request, this::ended));
  }

  private void answered(SpawnOutcome outcome) {
    switch (outcome) {
      case Spawned(int child) -> pid = child;
      case SpawnFailed(var errno) ->
          complain("execute " + program + ": " + errno.describe() + LOSS);
      case SpawnLate(var later) -> later.whenKnown(this::answered);
    }
  }

  /** Starts another one, unless its directory has gone. */
  private void ended(int child, ExitStatus how) {
    if (ended || child != pid) {
      return;
    }
    pid = 0;
    if ((how.success() && isAnotherOneWatched()) || !platform.runtime().isThere()) {
      return;
    }
    if (platform.loop().clock().nanos() - since >= LAST_PAUSE.toNanos()) {
      pause = FIRST_PAUSE;
      logged = false;
    }
    if (!how.success()) { // else the other one has not written its pid yet, or has ended
      complain("usersvc-keeper: " + how.describe() + ", starting it again");
    } else if (pause.equals(LAST_PAUSE)) { // there was no space for its pid
      return;
    }
    again.set(pause, this::begin);
    var twice = pause.multipliedBy(2);
    pause = twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE;
  }

  private boolean isAnotherOneWatched() {
    try {
      byte[] text = platform.files().read(FileSystem.ABSOLUTE, lock(), LONGEST_PID);
      return watch(Integer.parseInt(NativeText.decode(text).strip()));
    } catch (FileFault | NumberFormatException ignored) { // the file is damaged and is mended now
      return false;
    }
  }

  private boolean watch(int other) {
    boolean lives = platform.processes().onEndOf(other, this::ended) != null;
    pid = lives ? other : 0;
    return lives;
  }

  private String lock() {
    return platform.runtime().path() + "/keeper";
  }

  private void complain(String trouble) {
    if (!logged) {
      platform.messages().warn(trouble);
    }
    logged = true;
  }

  /** Makes the process end by itself: there is nothing left to hold. */
  void end() {
    ended = true;
    again.clear();
    try {
      platform.files().remove(FileSystem.ABSOLUTE, lock());
    } catch (FileFault ignored) { // the directory has gone
      return;
    }
  }
}
