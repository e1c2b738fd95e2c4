package org.usersvc.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.supervise.FakeMessages;

final class UserFilesTest {
  @TempDir private Path home;
  private final FakeMessages messages = new FakeMessages();

  private Environment over(Map<String, String> base) {
    return UserFiles.over(Environment.of(base), new PosixFileSystem(), messages);
  }

  private void file(String path, String text) throws IOException {
    var file = home.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  @Test
  void filesAreReadInTheOrderOfTheirNames() throws IOException {
    file(".config/environment.d/20.conf", "A=2\nB=$A$HOME\n");
    file(".config/environment.d/10.conf", "A=1\n");
    file(".config/environment.d/30.txt", "A=3\n");
    assertThat(over(Map.of("HOME", home.toString())).variables())
        .containsEntry("A", "2")
        .containsEntry("B", "2" + home);
  }

  @Test
  void theConfigurationMayLieElsewhere() throws IOException {
    file("etc/environment.d/a.conf", "A=1\n");
    var base = Map.of("HOME", "/nowhere", "XDG_CONFIG_HOME", home + "/etc");
    assertThat(over(base).value("A")).isEqualTo("1");
  }

  @Test
  void aBadLineIsToldWithItsFile() throws IOException {
    file(".config/environment.d/10.conf", "oops\nA=1\n");
    assertThat(over(Map.of("HOME", home.toString())).value("A")).isEqualTo("1");
    assertThat(messages.warnings())
        .containsExactly(home + "/.config/environment.d/10.conf: line 1: no NAME=VALUE, ignoring");
  }

  @Test
  void withoutFilesNothingIsAdded() {
    assertThat(over(Map.of("HOME", home.toString())).variables()).hasSize(1);
    assertThat(messages.warnings()).isEmpty();
  }
}
