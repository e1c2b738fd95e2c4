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
import org.usersvc.daemon.os.HeldDescriptors;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.SpawnLate;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/**
 * Starts the small process that holds the FIFOs of services, and the pair of {@link
 * HeldDescriptors}, while no daemon does ({@code usersvc-keeper.c}). The keeper of an earlier
 * daemon lives on, and a second one that finds it ends at once. <b>Loop thread only.</b>
 */
final class Keeper {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(60);
  private static final int LONGEST_PID = 16;
  private static final int LONGEST_NAME = 64;
  private static final String NAME = "usersvc-keeper";

  /** The keeper's numbers of the ends of the pair. */
  private static final int SENDER = 3;

  private static final int RECEIVER = 4;

  private static final String LOSS =
      "; what services write last while no usersvcd lives may be lost, going on";

  private final Platform platform;
  private final @Nullable String program;
  private final HeldDescriptors held;
  private int pid;
  private Duration pause = FIRST_PAUSE;
  private final Alarm again;
  private long since;
  private boolean logged;
  private boolean ended;

  /**
   * @param program its absolute path, null if there is none
   * @param held what it holds besides FIFOs
   */
  Keeper(Platform platform, @Nullable String program, HeldDescriptors held) {
    this.platform = platform;
    this.program = program;
    this.held = held;
    this.again = new Alarm(platform.loop().timers());
  }

  /** Takes what the keeper of an earlier daemon holds besides FIFOs; to be called once, first. */
  void recall() {
    int other = another();
    if (other > 0 && isKeeper(other)) {
      held.takePair(other, SENDER, RECEIVER);
      held.recall();
    }
  }

  private boolean isKeeper(int other) {
    try {
      byte[] name =
          platform.files().read(FileSystem.ABSOLUTE, "/proc/" + other + "/comm", LONGEST_NAME);
      return NativeText.decode(name).strip().equals(NAME);
    } catch (FileFault ignored) { // it has gone
      return false;
    }
  }

  /** Starts it, if it exists; without a C compiler it was not built. */
  void begin() {
    try {
      if (program == null || platform.files().stat(FileSystem.ABSOLUTE, program) == null) {
        return;
      }
      held.makePair();
      start(program, pair());
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

  private List<Redirect> pair() {
    return held.sender() < 0
        ? List.of()
        : List.of(
            new Redirect(SENDER, held.sender(), SpawnRequest.Access.SHARED),
            new Redirect(RECEIVER, held.receiver(), SpawnRequest.Access.SHARED));
  }

  private void start(String path, List<Redirect> descriptors) {
    int slash = path.lastIndexOf('/') + 1;
    var called = Program.of("./" + path.substring(slash), List.of(platform.runtime().path()));
    var place = new Place.At(path.substring(0, slash));
    var request = new SpawnRequest(place, called, Environment.EMPTY, descriptors);
    since = platform.loop().clock().nanos();
    answered(platform.processes().spawn(request, this::ended), !descriptors.isEmpty());
  }

  /** Before Linux 5.6 no open file can be shared; FIFOs are held nevertheless. */
  private void answered(SpawnOutcome outcome, boolean shares) {
    switch (outcome) {
      case Spawned(int child) -> pid = child;
      case SpawnFailed(var errno) -> {
        if (shares && program != null) {
          start(program, List.of());
        } else {
          complain("execute " + program + ": " + errno.describe() + LOSS);
        }
      }
      case SpawnLate(var later) -> later.whenKnown(known -> answered(known, shares));
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

  /** The pid of the one that has the lock; 0 if it is not known. */
  private int another() {
    try {
      byte[] text = platform.files().read(FileSystem.ABSOLUTE, lock(), LONGEST_PID);
      return Integer.parseInt(NativeText.decode(text).strip());
    } catch (FileFault | NumberFormatException ignored) { // the file is damaged and is mended now
      return 0;
    }
  }

  private boolean isAnotherOneWatched() {
    int other = another();
    boolean lives = other > 0 && platform.processes().onEndOf(other, this::ended) != null;
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
    held.closePair();
    try {
      platform.files().remove(FileSystem.ABSOLUTE, lock());
    } catch (FileFault ignored) { // the directory has gone
      return;
    }
  }
}
