package org.usersvc.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    var system = List.of(home + "/etc1", home + "/nosuch", home + "/etc2");
    return new UserFiles(new PosixFileSystem(), messages, system).over(Environment.of(base));
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
  void theFirstDirectoryCountsAndNamesAreSortedTogether() throws IOException {
    file(".config/environment.d/50.conf", "A=user\n");
    file("etc1/50.conf", "A=hidden\nHIDDEN=1\n");
    file("etc1/60.conf", "B=$A\n");
    file("etc2/60.conf", "B=hidden\n");
    file("etc2/40.conf", "A=first\nC=$A\n");
    assertThat(over(Map.of("HOME", home.toString())).variables())
        .containsEntry("A", "user")
        .containsEntry("B", "user")
        .containsEntry("C", "first")
        .doesNotContainKey("HIDDEN");
  }

  @Test
  void aLinkToNullMasksAndAFaultyFileHarmsNoOther() throws IOException {
    file("etc1/10.conf", "MASKED=1\n");
    file(".config/environment.d/20.conf", "A=1\n");
    Files.createSymbolicLink(home.resolve(".config/environment.d/10.conf"), Path.of("/dev/null"));
    Files.createDirectory(home.resolve(".config/environment.d/15.conf"));
    Files.createSymbolicLink(home.resolve(".config/environment.d/16.conf"), Path.of("nosuch"));
    Files.write(home.resolve(".config/environment.d/30.conf"), new byte[1024 * 1024 + 1]);
    assertThat(over(Map.of("HOME", home.toString())).variables())
        .containsEntry("A", "1")
        .doesNotContainKey("MASKED");
    assertThat(messages.warnings()).hasSize(1).first().asString().contains("30.conf");
  }

  @Test
  void withoutFilesNothingIsAdded() {
    assertThat(over(Map.of("HOME", home.toString())).variables()).hasSize(1);
    assertThat(messages.warnings()).isEmpty();
  }
}
