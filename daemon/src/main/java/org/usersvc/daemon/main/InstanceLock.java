package org.usersvc.daemon.main;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.platform.LockHolders;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * Reserves a runtime directory for one daemon: {@code lock} holds the daemon's pid and stays locked
 * until the daemon ends. <b>Loop thread only.</b>
 */
final class InstanceLock {
  private final RuntimeDirectory runtime;
  private final FileSystem files;
  private final Messages messages;
  private int descriptor;

  private InstanceLock(RuntimeDirectory runtime, FileSystem files, Messages messages)
      throws FileFault {
    this.runtime = runtime;
    this.files = files;
    this.messages = messages;
    this.descriptor = files.openLockFile(FileSystem.ABSOLUTE, path());
  }

  /** Takes the lock, and takes it again if the directory is replaced. */
  static void take(RuntimeDirectory runtime, FileSystem files, Messages messages)
      throws Fatal, FileFault {
    var lock = new InstanceLock(runtime, files, messages);
    if (!files.lock(lock.descriptor)) {
      throw new Fatal(
          Fatal.TROUBLE,
          "another usersvcd ("
              + lock.holder()
              + ") holds "
              + lock.path()
              + "; --instance NAME runs a second one");
    }
    lock.writePid();
    runtime.add(lock::settle);
  }

  private String path() {
    return runtime.path() + "/lock";
  }

  private String holder() {
    return new LockHolders(files).describe(FileSystem.ABSOLUTE, path());
  }

  private void writePid() {
    try {
      files.overwrite(descriptor, (SelfProcess.pid() + "\n").getBytes(US_ASCII));
    } catch (FileFault fault) {
      messages.warn(
          path() + ": " + fault.getMessage() + ", it is locked but does not tell by whom");
    }
  }

  private void settle() throws FileFault {
    var found = files.linkStat(FileSystem.ABSOLUTE, path());
    if (found != null && found.id().equals(files.stat(descriptor).id())) {
      return;
    }
    int fresh = files.openLockFile(FileSystem.ABSOLUTE, path());
    if (files.lock(fresh)) {
      files.close(descriptor);
      descriptor = fresh;
      writePid();
    } else {
      files.close(fresh);
      messages.warn(
          "another usersvcd (" + holder() + ") has taken " + path() + "; end one of them");
    }
  }
}
