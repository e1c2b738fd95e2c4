package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.PosixFileSystem;

final class InstallationTest {
  @TempDir private Path root;

  private static byte[] jar() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes)) {
      jar.setComment("a comment");
      jar.putNextEntry(new ZipEntry("entry"));
      jar.write(new byte[1000]);
    }
    return bytes.toByteArray();
  }

  private static String trouble(String classPath) {
    return String.valueOf(Installation.trouble(new PosixFileSystem(), classPath));
  }

  @Test
  void aJarThatIsCutAnywhereIsNotWhole() throws IOException {
    byte[] whole = jar();
    assertThat(Installation.isWhole(whole)).isTrue();
    for (int length = 0; length < whole.length - "a comment".length(); length++) {
      assertThat(Installation.isWhole(Arrays.copyOf(whole, length))).as("%d", length).isFalse();
    }
  }

  @Test
  void eachJarOfTheClassPathIsLookedAt() throws IOException {
    var good = Files.write(root.resolve("good.jar"), jar());
    var cut = Files.write(root.resolve("cut.jar"), Arrays.copyOf(jar(), 20));
    var missing = root.resolve("missing.jar");
    assertThat(trouble(good + ":" + root)).isEqualTo("null");
    assertThat(trouble(good + ":" + cut)).contains("cut.jar is damaged");
    assertThat(trouble(missing + ":" + good)).contains("missing.jar", "no such file");
  }
}
