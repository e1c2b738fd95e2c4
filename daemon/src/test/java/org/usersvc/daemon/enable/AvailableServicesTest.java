package org.usersvc.daemon.enable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.PosixFileSystem;

final class AvailableServicesTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();

  private Path available(String directory, String name) throws IOException {
    var made = Files.createDirectories(root.resolve(directory).resolve(name));
    Files.createFile(made.resolve("run"));
    return made;
  }

  private AvailableServices in(String... directories) {
    return new AvailableServices(
        files, List.of(directories).stream().map(each -> root.resolve(each).toString()).toList());
  }

  @Test
  void theUsersComeBeforeTheAdministratorsAndTheShipped() {
    var environment = Environment.of(Map.of("XDG_CONFIG_HOME", "/c", "HOME", "/h"));
    assertThat(AvailableServices.directories(environment, "/opt/share/usersvc"))
        .containsExactly(
            "/c/sv", "/etc/usersvc/sv", "/opt/share/usersvc/sv", "/usr/share/usersvc/sv");
  }

  @Test
  void withoutXdgConfigHomeTheUsersAreInDotConfig() {
    for (String unfit : new String[] {"", "relative"}) {
      var environment = Environment.of(Map.of("XDG_CONFIG_HOME", unfit, "HOME", "/h"));
      assertThat(AvailableServices.directories(environment, null))
          .containsExactly("/h/.config/sv", "/etc/usersvc/sv", "/usr/share/usersvc/sv");
    }
    assertThat(AvailableServices.directories(Environment.EMPTY, null))
        .containsExactly("/etc/usersvc/sv", "/usr/share/usersvc/sv");
  }

  @Test
  void theFirstThatHasARunCounts() throws IOException {
    available("later", "foo");
    Files.createDirectories(root.resolve("first/foo"));
    assertThat(in("nosuch", "first", "later").find("foo")).isEqualTo(root + "/later/foo");
    Files.createFile(root.resolve("first/foo/run"));
    assertThat(in("nosuch", "first", "later").find("foo")).isEqualTo(root + "/first/foo");
  }

  @Test
  void whatNoDirectoryHasIsNotFound() throws IOException {
    available("one", "foo");
    assertThat(in("one").find("bar")).isNull();
    assertThat(in().find("foo")).isNull();
  }

  @Test
  void anImagesOwnDirectoryIsShownWithoutDots() throws IOException {
    available("share/usersvc/sv", "foo");
    Files.createDirectories(root.resolve("lib/usersvc"));
    var available = in("bin/../lib/usersvc/../../share/usersvc/sv", "share/usersvc/sv");
    Files.createDirectory(root.resolve("bin"));
    assertThat(available.find("foo")).isEqualTo(root + "/share/usersvc/sv/foo");
    assertThat(available.looked()).containsExactly(root + "/share/usersvc/sv");
  }

  @Test
  void dotsThatLeadElsewhereThroughALinkAreKept() throws IOException {
    available("real/share/sv", "foo");
    Files.createDirectories(root.resolve("real/bin"));
    Files.createDirectories(root.resolve("share/sv"));
    Files.createSymbolicLink(root.resolve("bin"), Path.of("real/bin"));
    assertThat(in("bin/../share/sv").find("foo")).isEqualTo(root + "/bin/../share/sv/foo");
  }

  @Test
  void missingDirectoriesAreNamedWithoutDots() throws FileFault {
    assertThat(in("a/../b").looked()).containsExactly(root + "/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".foo", "a/b", "/foo", "foo/", "../foo"})
  void whatIsHiddenOrAPathIsNoName(String name) {
    assertThat(AvailableServices.isName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "a b", "-x", "a.b", "\uDCFF", "log"})
  void otherStepsOfAPathAreNames(String name) {
    assertThat(AvailableServices.isName(name)).isTrue();
  }
}
