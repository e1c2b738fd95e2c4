package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.FakeEnvironment;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;

final class PlacesTest {
  private static final int UID = SelfProcess.uid();

  @TempDir private Path root;
  private final List<String> environment = new ArrayList<>();
  private Path home;
  private Path base;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(root.resolve("home"));
    base = Files.createDirectory(root.resolve("run"));
    environment.add("HOME=" + home);
    environment.add("XDG_RUNTIME_DIR=" + base);
  }

  private Places find(Settings settings, int uid) throws Fatal, IOException {
    var variables = FakeEnvironment.of(environment.toArray(String[]::new));
    return Places.find(settings, variables, new PosixFileSystem(), uid);
  }

  private String scanDirectory(@Nullable String argument) throws Fatal, IOException {
    return find(new Settings(null, false, false, argument), UID).scanDirectory();
  }

  private Path make(String path) throws IOException {
    return Files.createDirectories(root.resolve(path));
  }

  @Test
  void theRuntimeDirectoryIsPrivate() throws Fatal, IOException {
    var places = find(new Settings(null, false, false, "/srv"), UID);
    assertThat(places.runtime().path()).isEqualTo(base + "/usersvc");
    for (String made : List.of("", "/supervise")) {
      assertThat(Files.getPosixFilePermissions(Path.of(places.runtime().path() + made)))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void anInstanceHasARuntimeDirectoryOfItsOwn() throws Fatal, IOException {
    assertThat(find(new Settings("seed", false, false, "/srv"), UID).runtime().path())
        .isEqualTo(base + "/usersvc-seed");
  }

  @Test
  void aRuntimeDirectoryThatIsNotThereIsRefusedWithTheRemedy() {
    environment.set(1, "XDG_RUNTIME_DIR=" + root + "/nowhere");
    assertThatExceptionOfType(Fatal.class)
        .isThrownBy(() -> scanDirectory("/srv"))
        .withMessageContaining("nowhere")
        .withMessageContaining("mkdir -m 700")
        .satisfies(fatal -> assertThat(fatal.status()).isEqualTo(111));
  }

  @Test
  void aRelativeRuntimeDirectoryIsRefused() {
    environment.set(1, "XDG_RUNTIME_DIR=.");
    assertThatExceptionOfType(Fatal.class).isThrownBy(() -> scanDirectory("/srv"));
  }

  @Test
  void aRuntimeDirectoryOfAnotherUserIsRefused() {
    assertThatExceptionOfType(Fatal.class)
        .isThrownBy(() -> find(new Settings(null, false, false, "/srv"), UID + 1))
        .withMessageContaining("does not belong to uid " + (UID + 1));
  }

  @Test
  void theArgumentComesFirst() throws Fatal, IOException {
    environment.add("USERSVC_DIR=/of/usersvc");
    environment.add("SVDIR=" + make("svdir"));
    assertThat(scanDirectory("/argument")).isEqualTo("/argument");
    assertThat(scanDirectory(null)).isEqualTo("/of/usersvc");
  }

  @Test
  void svdirCountsOnlyIfItIsOurs() throws Fatal, IOException {
    var usual = make("home/.service");
    environment.add("SVDIR=" + make("svdir"));
    assertThat(scanDirectory(null)).isEqualTo(root + "/svdir");
    environment.set(2, "SVDIR=" + root + "/nowhere");
    assertThat(scanDirectory(null)).isEqualTo(usual.toString());
  }

  @Test
  void theFirstUsualDirectoryThatExistsIsTaken() throws Fatal, IOException {
    for (String usual : List.of(".config/service", "service", ".service", ".local/service")) {
      make("home/" + usual);
      assertThat(scanDirectory(null)).isEqualTo(home + "/" + usual);
    }
  }

  @Test
  void withoutAnyOneIsMadePrivately() throws Fatal, IOException {
    assertThat(scanDirectory(null)).isEqualTo(home + "/.local/service");
    assertThat(Files.getPosixFilePermissions(home.resolve(".local/service")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void withoutHomeADirectoryHasToBeNamed() throws Fatal, IOException {
    environment.removeFirst();
    assertThat(scanDirectory("/srv")).isEqualTo("/srv");
    assertThatExceptionOfType(Fatal.class)
        .isThrownBy(() -> scanDirectory(null))
        .withMessageContaining("HOME")
        .satisfies(fatal -> assertThat(fatal.status()).isEqualTo(100));
  }

  @Test
  void pathsBecomeAbsoluteAndLoseTheirLastSlashes() throws Fatal, IOException {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(scanDirectory("tree//")).isEqualTo(here + "/tree");
    assertThat(scanDirectory("/srv/")).isEqualTo("/srv");
    assertThat(scanDirectory("/")).isEqualTo("/");
  }
}
