package org.usersvc.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FakeScarcity;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.os.PosixFileSystem;

final class ControlFilesTest {
  private final FakeScarcity descriptors = new FakeScarcity();
  private final FileSystem files = descriptors.over(new PosixFileSystem());
  @TempDir private Path root;
  private Path service;
  private int directory;
  private ControlFiles control;

  @BeforeEach
  void make() throws IOException {
    service = Files.createDirectory(root.resolve("web"));
    Files.createDirectory(service.resolve("supervise"));
    directory = files.openDirectory(FileSystem.ABSOLUTE, service.toString());
    control = new ControlFiles(files, this::place);
    assertThat(control.take()).isTrue();
  }

  private SupervisePlace place() throws FileFault {
    return SupervisePlace.make(files, directory, files.stat(directory).id(), root.toString());
  }

  @AfterEach
  void close() {
    control.close();
    files.close(directory);
  }

  private Path file(String name) {
    return service.resolve("supervise").resolve(name);
  }

  private static Status status(int pid) {
    var phase = new Phase.Running(pid, false, true);
    return new Status(new ServiceState(phase, Wanted.UP, false, null, 0), Instant.EPOCH);
  }

  @Test
  void whoeverCanOpenOkFindsAStatus() throws FileFault {
    control.openControl();
    assertThat(file("ok")).doesNotExist();
    control.write(status(7));
    assertThat(file("ok")).exists();
    assertThat(file("status")).hasSize(Status.SIZE);
  }

  @Test
  void aServiceWhoseStatusCanBeWrittenIsReachable() throws FileFault {
    descriptors.leave(3);
    control.openControl();
    control.write(status(7));
    assertThat(file("ok")).exists();
  }

  @Test
  void whatIsNotReachableTakesNoLetters() throws FileFault {
    descriptors.leave(1);
    assertThatThrownBy(control::openControl).isInstanceOf(FileFault.class);
    assertThat(control.isOpen()).isFalse();
    descriptors.end();
    control.openControl();
    control.write(status(7));
    assertThat(file("ok")).exists();
  }

  @Test
  void aStatusIsEnoughToBeReachable() throws IOException, FileFault {
    Files.createDirectory(file("stat"));
    control.openControl();
    assertThatThrownBy(() -> control.write(status(7))).isInstanceOf(FileFault.class);
    assertThat(file("ok")).exists();
  }

  @Test
  void whatAnEarlierDaemonHasLeftHalfMadeIsUsed() throws IOException, FileFault {
    control.openControl();
    control.close();
    control = new ControlFiles(files, this::place);
    assertThat(control.take()).isTrue();
    control.openControl();
    control.write(status(7));
    try (var names = Files.list(service.resolve("supervise"))) {
      assertThat(names.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Set.of("lock", "control", "ok", "status", "stat", "pid"));
    }
  }
}
