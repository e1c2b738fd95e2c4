package org.usersvc.daemon.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.PosixFileSystem;

final class SearchPathTest {
  @TempDir private Path root;

  private void file(String name, String permissions) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private SearchPath path(String value) {
    byte[] block = ("PATH=" + value + "\0").getBytes(StandardCharsets.UTF_8);
    return new SearchPath(new PosixFileSystem(), Environment.parse(block));
  }

  @Test
  void theFirstDirectoryCountsThatHasItAsAProgram() throws IOException {
    file("a/foo", "rw-r--r--");
    Files.createDirectories(root.resolve("b/foo"));
    file("c/foo", "rwxr-xr-x");
    file("d/foo", "rwxr-xr-x");
    String all = "::.:%1$s/none:%1$s/a:%1$s/b:%1$s/c:%1$s/d".formatted(root);
    assertThat(path(all).find("foo")).isEqualTo(root + "/c/foo");
    assertThat(path(all).find("bar")).isNull();
    assertThat(path(all).find("x".repeat(5000))).isNull();
  }

  @Test
  void aProgramWithASlashIsItself() {
    assertThat(path("/bin").find("./absent")).isEqualTo("./absent");
  }

  @Test
  void withoutPathThereAreTheSystemsDirectories() {
    assertThat(path("").find("sh")).endsWith("/bin/sh");
  }
}
