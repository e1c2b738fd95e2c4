package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.servicedir.ServiceDirectory;

final class StartTroubleTest {
  @TempDir private Path directory;

  private String remedy(String text, String mode, int errno) throws IOException, FileFault {
    var run = directory.resolve("run");
    Files.writeString(run, text);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString(mode));
    return remedy(errno);
  }

  private String remedy(int errno) throws FileFault {
    var files = new PosixFileSystem();
    int descriptor = files.openDirectory(FileSystem.ABSOLUTE, directory.toString());
    try {
      return new StartTrouble(new ServiceDirectory(files, descriptor), files)
          .remedy("run", new Errno(errno));
    } finally {
      files.close(descriptor);
    }
  }

  @Test
  void theModeIsBlamedOnlyIfItIsToBlame() throws IOException, FileFault {
    assertThat(remedy("#!/bin/sh\n", "rw-r--r--", Errno.EACCES)).isEqualTo("; chmod +x it");
    assertThat(remedy("#!/etc/passwd -x\n", "rwxr-xr-x", Errno.EACCES))
        .contains("interpreter /etc/passwd")
        .doesNotContain("chmod");
  }

  @Test
  void whatIsNoFileIsNoProgram() throws IOException, FileFault {
    var files = new PosixFileSystem();
    files.makeFifo(FileSystem.ABSOLUTE, directory + "/run", 0777);
    assertThat(remedy(Errno.EACCES)).isEqualTo("; it is a FIFO and has to be a program");
    files.remove(FileSystem.ABSOLUTE, directory + "/run");
    Files.createSymbolicLink(directory.resolve("run"), Path.of("/dev/null"));
    assertThat(remedy(Errno.EACCES)).startsWith("; it is a socket or a device and ");
    Files.delete(directory.resolve("run"));
    Files.createDirectory(directory.resolve("run"));
    assertThat(remedy(Errno.EACCES)).startsWith("; it is a directory and ");
  }

  @Test
  void theInterpreterIsNamed() throws IOException, FileFault {
    assertThat(remedy("#! /nosuch/sh -e\n", "rwxr-xr-x", Errno.ENOENT))
        .isEqualTo("; see the interpreter /nosuch/sh in its first line");
  }

  @Test
  void linesOfDosAreNamed() throws IOException, FileFault {
    assertThat(remedy("#!/bin/sh\r\nexec true\r\n", "rwxr-xr-x", Errno.ENOENT)).contains("CR");
  }
}
