package org.usersvc.daemon.main;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
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
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/**
 * A program that is to take this one's place is asked for its version first: what cannot tell that
 * cannot supervise. <b>Loop thread only.</b>
 */
final class Rehearsal {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_TEXT = 4096;
  private static final String BEGINNING = "usersvcd ";

  private final Platform platform;
  private final String program;
  private final Consumer<String> result;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int output = -1;
  private boolean told;
  private final Alarm bound;
  private @Nullable ExitStatus status;

  /**
   * @param program absolute path
   * @param result told once: empty if it can take over, else why it cannot
   */
  Rehearsal(Platform platform, String program, Consumer<String> result) {
    this.platform = platform;
    this.program = program;
    this.result = result;
    this.bound = new Alarm(platform.loop().timers());
  }

  void begin(Environment environment) {
    try {
      var ends = platform.files().pipe();
      output = ends[0];
      platform.loop().onReadable(output, this::read);
      spawn(environment, ends[1]);
      platform.files().close(ends[1]);
    } catch (FileFault fault) {
      finish(String.valueOf(fault.getMessage()));
    }
  }

  private void spawn(Environment environment, int end) {
    var redirects = List.of(new Redirect(1, end, Access.WRITE), new Redirect(2, end, Access.WRITE));
    int slash = program.lastIndexOf('/') + 1;
    var called = Program.of("./" + program.substring(slash), List.of("--version"));
    var place = new Place.At(program.substring(0, slash));
    var request = new SpawnRequest(place, called, environment, redirects);
    answered(platform.processes().spawn(request, this::ended));
  }

  private void answered(SpawnOutcome outcome) {
    switch (outcome) {
      case Spawned(int pid) -> bound.set(LONGEST, () -> giveUp(pid));
      case SpawnFailed(var errno) -> finish("execute " + program + ": " + errno.describe());
      case SpawnLate(var later) -> later.whenKnown(this::answered);
    }
  }

  private void read() {
    var block = new byte[MOST_TEXT];
    try {
      int length = platform.files().read(output, block);
      if (length > 0) {
        text.write(block, 0, Math.min(length, MOST_TEXT - text.size()));
      } else if (length == 0) {
        closeOutput();
        judge();
      }
    } catch (FileFault fault) {
      finish(String.valueOf(fault.getMessage()));
    }
  }

  private void closeOutput() {
    platform.loop().forget(output);
    platform.files().close(output);
    output = -1;
  }

  private void ended(int pid, ExitStatus how) {
    status = how;
    judge();
  }

  private void judge() {
    if (status == null || output >= 0) {
      return;
    }
    String said = NativeText.decode(text.toByteArray()).strip();
    boolean fine = status.success() && said.lines().anyMatch(line -> line.startsWith(BEGINNING));
    String last = said.substring(said.lastIndexOf('\n') + 1);
    finish(
        fine
            ? ""
            : program + " --version: " + status.describe() + ": " + NativeText.printable(last));
  }

  private void giveUp(int pid) {
    platform.processes().signal(pid, Signal.KILL);
    finish(program + " --version: no answer in " + LONGEST.toSeconds() + " s");
  }

  private void finish(String trouble) {
    if (told) {
      return;
    }
    told = true;
    bound.clear();
    if (output >= 0) {
      closeOutput();
    }
    result.accept(trouble);
  }
}
