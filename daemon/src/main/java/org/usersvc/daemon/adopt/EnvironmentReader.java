package org.usersvc.daemon.adopt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.model.Environment;

/** Reads environments of processes; most processes have the same one. */
final class EnvironmentReader {
  private final FileSystem files;
  private byte[] block = new byte[0];
  private Environment parsed = Environment.EMPTY;

  EnvironmentReader(FileSystem files) {
    this.files = files;
  }

  /** The environment of a process, null if it cannot be read. */
  @Nullable Environment of(int pid) {
    try {
      byte[] read = ProcessEnvironment.block(files, pid);
      if (!Arrays.equals(read, block)) {
        parsed = Environment.parse(read);
        block = read;
      }
      return read.length == 0 ? null : parsed;
    } catch (FileFault ignored) { // the process is gone, or has become another user's
      return null;
    }
  }
}
