package org.usersvc.daemon.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.os.PosixFileSystem;

final class MachineIdTest {
  @Test
  void isThatOfTheMachineOrNone() {
    boolean there =
        Files.exists(Path.of("/etc/machine-id"))
            || Files.exists(Path.of("/var/lib/dbus/machine-id"));
    String id = new MachineId(new PosixFileSystem()).get();
    assertThat(id == null || (there && id.matches("[0-9a-f]{32}"))).isTrue();
  }
}
