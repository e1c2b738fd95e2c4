package org.usersvc.systemd.bus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.GivenStreams;
import org.usersvc.systemd.made.Description;
import org.usersvc.systemd.made.Description.Stream;

/** What the descriptors of a call are. <b>Loop thread only.</b> */
final class CallDescriptors {
  private static final int INFO_SIZE = 4096;
  private static final String PID = "\nPid:";

  private final FileSystem files;
  private final Call call;

  CallDescriptors(FileSystem files, Call call) {
    this.files = files;
    this.call = call;
  }

  /** Takes the standard streams that a unit is described with; empty if the call has failed. */
  Optional<GivenStreams> streams(Description unit) {
    var taken =
        new GivenStreams(
            take(unit, Stream.INPUT), take(unit, Stream.OUTPUT), take(unit, Stream.ERROR));
    if (taken.all().count() == unit.streams().size()) {
      return Optional.of(taken);
    }
    close(taken);
    var first = unit.streams().keySet().stream().sorted().findFirst().orElseThrow();
    call.fail(
        StandardErrors.INVALID_ARGS,
        "Invalid value of " + first.property() + ": no descriptor came with the call");
    return Optional.empty();
  }

  private int take(Description unit, Stream stream) {
    var index = unit.streams().get(stream);
    return index == null ? -1 : call.takeDescriptor(index);
  }

  void close(GivenStreams streams) {
    streams.all().forEach(descriptor -> files.close(descriptor));
  }

  /**
   * The process that a descriptor stands for (pidfd_open(2)).
   *
   * @return 0 if it is no such descriptor, or the process has ended
   */
  int pid(Object index) {
    int descriptor = call.takeDescriptor(index);
    if (descriptor < 0) {
      return 0;
    }
    try {
      String path = "/proc/self/fdinfo/" + descriptor;
      return pid(new String(files.read(FileSystem.ABSOLUTE, path, INFO_SIZE), ISO_8859_1));
    } catch (FileFault ignored) { // nothing is known of it
      return 0;
    } finally {
      files.close(descriptor);
    }
  }

  private static int pid(String info) {
    int at = info.indexOf(PID);
    if (at < 0) {
      return 0;
    }
    int start = at + PID.length();
    int end = info.indexOf('\n', start);
    String number = info.substring(start, end < 0 ? info.length() : end).strip();
    return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
  }
}
