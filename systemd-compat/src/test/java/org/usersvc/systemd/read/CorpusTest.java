package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.systemd.read.Made.name;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.ServiceType;

/** Whole files, as desktops have them. */
final class CorpusTest {
  private static Path directory() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(CorpusTest.class.getResource("units")).toURI());
  }

  private static Made made(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    return Made.of(name.replace("@.", "@wayland."), Files.readString(file));
  }

  private static Made made(String name) throws IOException, URISyntaxException {
    return made(directory().resolve(name));
  }

  @Test
  void everyUnitLoadsWithoutAProblem() throws IOException, URISyntaxException {
    try (var files = Files.list(directory())) {
      List<Path> all = files.sorted().toList();
      assertThat(all).hasSize(12);
      for (Path file : all) {
        var made = made(file);
        assertThat(made.messages()).as("%s", file).isEmpty();
        assertThat(made.isLoaded()).as("%s", file).isTrue();
      }
    }
  }

  @Test
  void instanceOfAShellIsReadWhole() throws IOException, URISyntaxException {
    var made = made("desk-shell@.service");
    assertThat(made.unit().description()).isEqualTo("Shell (wayland)");
    assertThat(made.settings().own().type()).isEqualTo(ServiceType.NOTIFY);
    assertThat(made.settings().own().commands().of(ExecStep.CONDITION).getFirst().words())
        .containsExactly("/bin/sh", "-c", "test \"$XDG_SESSION_TYPE\" = \"wayland\" || exit 2");
    assertThat(made.unit().dependencies(Relation.SLICE)).containsExactly(name("session.slice"));
    assertThat(made.unit().asserts()).hasSize(1);
  }

  @Test
  void severalCommandsOfALineAreSeveral() throws IOException, URISyntaxException {
    var own = made("keys.service").settings().own();
    assertThat(own.commands().of(ExecStep.RELOAD)).hasSize(2);
    assertThat(own.main().pidFile()).isEqualTo("/run/user/1000/keys/pid");
  }

  @Test
  void whatDoesNothingHereIsNamed() throws IOException, URISyntaxException {
    assertThat(made("sound.service").ignored()).hasSize(6);
    assertThat(made("work.slice").ignored()).hasSize(2);
  }
}
