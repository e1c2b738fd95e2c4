package org.usersvc.daemon.main;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.Execution;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/**
 * Asks a program that is to take this one's place for its version: if it cannot answer, it cannot
 * supervise. <b>Loop thread only.</b>
 */
final class VersionProbe implements Execution.Listener {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_TEXT = 4096;
  private static final String BEGINNING = "usersvcd ";

  private final Platform platform;
  private final String program;
  private final Consumer<String> result;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int output = -1;
  private int childOutput = -1;
  private boolean reads;
  private boolean answered;
  private final Alarm bound;
  private @Nullable ExitStatus status;

  /**
   * @param program absolute path
   * @param result called once: empty if it can take over, else the reason why not
   */
  VersionProbe(Platform platform, String program, Consumer<String> result) {
    this.platform = platform;
    this.program = program;
    this.result = result;
    this.bound = new Alarm(platform.loop().timers());
  }

  void begin(Environment environment) {
    try {
      var ends = platform.files().pipe();
      output = ends[0];
      childOutput = ends[1]; // open until the child has it
      spawn(environment, childOutput);
    } catch (FileFault fault) {
      finish(String.valueOf(fault.getMessage()));
    }
  }

  private void spawn(Environment environment, int end) {
    var redirects = List.of(new Redirect(1, end, Access.BOTH), new Redirect(2, end, Access.BOTH));
    int slash = program.lastIndexOf('/') + 1;
    var called = Program.of("./" + program.substring(slash), List.of("--version"));
    var place = new Place.At(program.substring(0, slash));
    var request = new SpawnRequest(place, called, environment, redirects);
    var execution = Execution.start(platform.processes(), request, this);
    if (!answered) {
      bound.set(LONGEST, () -> giveUp(execution));
    }
  }

  @Override
  public void started(int pid) {
    platform.files().close(childOutput);
    if (!answered) {
      reads = true;
      platform.loop().onReadable(output, this::read);
    }
  }

  @Override
  public void failed(Errno errno) {
    platform.files().close(childOutput);
    finish("execute " + program + ": " + errno.describe());
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
    if (reads) {
      platform.loop().forget(output);
    }
    platform.files().close(output);
    output = -1;
  }

  @Override
  public void ended(int pid, ExitStatus how) {
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

  private void giveUp(Execution execution) {
    execution.end();
    finish(program + " --version: no answer in " + LONGEST.toSeconds() + " s");
  }

  private void finish(String trouble) {
    if (answered) {
      return;
    }
    answered = true;
    bound.clear();
    if (output >= 0) {
      closeOutput();
    }
    result.accept(trouble);
  }
}
