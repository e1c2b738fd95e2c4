package org.usersvc.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.supervise.FakeMessages;

final class MirrorTest {
  private static final Environment BASE = Environment.of(Map.of("HOME", "/h", "PATH", "/bin"));

  @TempDir private Path runtime;
  private final FakeMessages messages = new FakeMessages();

  private Mirror mirror() {
    return new Mirror(new PosixFileSystem(), messages::warn, runtime.toString());
  }

  private String[] names() {
    return runtime.resolve("env").toFile().list();
  }

  private String script() throws IOException {
    return Files.readString(runtime.resolve("env.sh"));
  }

  @Test
  void hasWhatDiffersFromTheBase() throws IOException {
    var mirror = mirror();
    mirror.update(BASE, BASE.with(Map.of("DISPLAY", ":1", "A", "it's\ntwo")));
    assertThat(names()).containsExactlyInAnyOrder("A", "DISPLAY");
    assertThat(Files.readString(runtime.resolve("env/A"))).isEqualTo("it's\0two\n");
    assertThat(script()).isEqualTo("export A='it'\\''s\ntwo'\nexport DISPLAY=':1'\n");
    mirror.update(BASE, Environment.of(Map.of("HOME", "/h")));
    assertThat(names()).containsExactly("PATH");
    assertThat(Files.size(runtime.resolve("env/PATH"))).isZero();
    assertThat(script()).isEqualTo("unset PATH\n");
    mirror.update(BASE, BASE);
    assertThat(names()).isEmpty();
    assertThat(messages.warnings()).isEmpty();
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    mirror().update(BASE, BASE.with(Map.of("A", "1")));
    for (String file : new String[] {"env/A", "env.sh"}) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(runtime.resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void forgetsWhatADeadDaemonLeft() throws IOException {
    Files.createDirectory(runtime.resolve("env"));
    Files.writeString(runtime.resolve("env/DISPLAY"), ":9\n");
    mirror();
    assertThat(names()).isEmpty();
  }

  @Test
  void tellsOnceWhatItCannotWrite() throws IOException {
    var mirror = mirror();
    Files.createDirectories(runtime.resolve("env/A/b"));
    mirror.update(BASE, BASE.with(Map.of("A", "1")));
    mirror.update(BASE, BASE.with(Map.of("A", "2")));
    assertThat(messages.warnings()).hasSize(1);
  }
}
