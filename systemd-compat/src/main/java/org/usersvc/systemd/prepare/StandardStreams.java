package org.usersvc.systemd.prepare;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.execution.Launch;
import org.usersvc.daemon.execution.Stream;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Opening;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.exec.StreamSettings;
import org.usersvc.systemd.exec.StreamSettings.FileMode;

/** Chooses what a command has as input, output and error. <b>Loop thread only.</b> */
final class StandardStreams {
  /** A pipe holds so much at least; longer input is refused, as it would block. */
  private static final int LONGEST_INPUT = 4096;

  private final FileSystem files;
  private final StreamSettings settings;
  private final int log;
  private final List<Passed> passed;

  /** Descriptors that were opened for the command; to be closed when it has its own. */
  private final List<Integer> opened = new ArrayList<>();

  /**
   * @param log the pipe of the unit's log; -1: there is none
   * @param passed what the command is passed
   */
  StandardStreams(FileSystem files, StreamSettings settings, int log, List<Passed> passed) {
    this.files = files;
    this.settings = settings;
    this.log = log;
    this.passed = passed;
  }

  /** Opened descriptors that the caller closes. */
  List<Integer> opened() {
    return opened;
  }

  /**
   * All streams.
   *
   * @throws ExecFault if there is no such socket or the input is too long
   */
  Launch.Streams choose() throws ExecFault {
    var input = input();
    var output = output(settings.output(), input, ExecFailure.STDOUT);
    var error = output(settings.error(), output, ExecFailure.STDERR);
    return new Launch.Streams(input, output, error, descriptors());
  }

  private List<Integer> descriptors() {
    return settings.takesSocket() ? List.of() : passed.stream().map(Passed::descriptor).toList();
  }

  private Stream input() throws ExecFault {
    return switch (settings.input()) {
      case StreamSettings.Stream.Inherit _, StreamSettings.Stream.Null _ -> Stream.NULL;
      case StreamSettings.Stream.Journal _ -> Stream.NULL;
      case StreamSettings.Stream.Data _ -> data();
      case StreamSettings.Stream.File(String path, FileMode _) ->
          new Stream.File(path, Opening.READ);
      case StreamSettings.Stream.Socket _ -> socket(ExecFailure.STDIN);
      case StreamSettings.Stream.Named(String name) -> named(name, ExecFailure.STDIN);
      case StreamSettings.Stream.Given(int descriptor) -> given(descriptor);
    };
  }

  /** An output stream; one that inherits is the same as {@code before}. */
  private Stream output(StreamSettings.Stream wanted, Stream before, ExecFailure failure)
      throws ExecFault {
    return switch (wanted) {
      case StreamSettings.Stream.Inherit _ ->
          settings.input() instanceof StreamSettings.Stream.Data && failure == ExecFailure.STDOUT
              ? Stream.NULL
              : before;
      case StreamSettings.Stream.Null _, StreamSettings.Stream.Data _ -> Stream.NULL;
      case StreamSettings.Stream.Journal _ -> log();
      case StreamSettings.Stream.File(String path, FileMode mode) ->
          new Stream.File(path, opening(mode));
      case StreamSettings.Stream.Socket _ -> socket(failure);
      case StreamSettings.Stream.Named(String name) -> named(name, failure);
      case StreamSettings.Stream.Given(int descriptor) -> given(descriptor);
    };
  }

  private Stream log() {
    return log < 0 ? Stream.NULL : new Stream.Held(log, Access.WRITE);
  }

  private static Opening opening(FileMode mode) {
    return switch (mode) {
      case OVERWRITE -> Opening.WRITE;
      case APPEND -> Opening.APPEND;
      case TRUNCATE -> Opening.TRUNCATE;
    };
  }

  private Stream socket(ExecFailure failure) throws ExecFault {
    if (passed.size() != 1) {
      throw new ExecFault(
          failure, "a stream is to be the socket, but " + passed.size() + " sockets are passed");
    }
    return new Stream.Held(passed.getFirst().descriptor(), Access.SHARED);
  }

  private static Stream given(int descriptor) {
    return new Stream.Held(descriptor, Access.SHARED);
  }

  private Stream named(String name, ExecFailure failure) throws ExecFault {
    for (var one : passed) {
      if (one.name().equals(name)) {
        return new Stream.Held(one.descriptor(), Access.SHARED);
      }
    }
    throw new ExecFault(failure, "no socket passes a descriptor with the name " + name);
  }

  private Stream data() throws ExecFault {
    var bytes = settings.inputData().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_INPUT) {
      throw new ExecFault(
          ExecFailure.STDIN, "StandardInputText= and StandardInputData= are longer than 4 KiB");
    }
    try {
      int[] pipe = files.pipe();
      opened.add(pipe[0]);
      try {
        files.append(pipe[1], bytes);
      } finally {
        files.close(pipe[1]);
      }
      return new Stream.Held(pipe[0], Access.SHARED);
    } catch (FileFault fault) {
      throw new ExecFault(ExecFailure.STDIN, String.valueOf(fault.getMessage()));
    }
  }
}
