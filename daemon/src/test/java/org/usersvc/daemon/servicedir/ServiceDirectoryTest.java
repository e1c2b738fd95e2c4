package org.usersvc.daemon.servicedir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.os.PosixFileSystem;

final class ServiceDirectoryTest {
  @TempDir private Path path;
  private final PosixFileSystem files = new PosixFileSystem();
  private int descriptor;
  private ServiceDirectory directory;

  @BeforeEach
  void open() throws Exception {
    Files.createFile(path.resolve("run"));
    Files.createDirectory(path.resolve("log"));
    descriptor = files.openDirectory(FileSystem.ABSOLUTE, path.toString());
    directory = new ServiceDirectory(files, descriptor);
  }

  @AfterEach
  void close() {
    files.close(descriptor);
  }

  @Test
  void questionsAreAnsweredFromTheDisk() throws Exception {
    assertThat(directory.isDown()).isFalse();
    Files.createFile(path.resolve("down"));
    assertThat(directory.isDown()).isTrue();
  }

  @Test
  void whatWasNotThereWhenALookBeganIsNotThereUntilItEnds() throws Exception {
    try (var _ = directory.look()) {
      Files.createFile(path.resolve("down"));
      try (var _ = directory.look()) {
        assertThat(directory.isDown()).isFalse();
      }
      assertThat(directory.isDown()).isFalse();
    }
    assertThat(directory.isDown()).isTrue();
  }

  @Test
  void whatWasThereIsLookedAtAsItIs() throws Exception {
    try (var _ = directory.look()) {
      assertThat(directory.hasRun()).isTrue();
      assertThat(directory.hasLogService()).isFalse();
      Files.createFile(path.resolve("log/run"));
      assertThat(directory.hasLogService()).isTrue();
      Files.delete(path.resolve("run"));
      assertThat(directory.hasRun()).isFalse();
    }
  }
}
