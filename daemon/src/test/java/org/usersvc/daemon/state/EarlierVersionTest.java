package org.usersvc.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.lifecycle.Cause;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Result;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;

/**
 * The state file of usersvcd 0.1.0, as it was when that was killed: {@code web} ran, {@code once}
 * had ended, {@code db} was taken down, and a session had brought DISPLAY.
 */
final class EarlierVersionTest {
  private static final Header THIS =
      new Header("c79570bf-357b-41a8-b9dc-91b9ed1e4128", new ProcessIdentity(7, 8));

  @TempDir private Path root;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void copy() throws IOException {
    try (var kept = EarlierVersionTest.class.getResourceAsStream("state-0.1.0")) {
      Files.write(root.resolve("state"), kept.readAllBytes());
    }
  }

  private PreviousState read() {
    var path = root.resolve("state").toString();
    return new StateFile(new PosixFileSystem(), path, THIS, warnings::add).read(SelfProcess.uid());
  }

  @Test
  void itsServicesAreTakenOverAsTheyWere() {
    var found = read();
    assertThat(found.earlier()).isTrue();
    assertThat(found.complete()).isTrue();
    assertThat(found.unsettled()).isEqualTo(PreviousState.SETTLED);
    assertThat(warnings).isEmpty();
    assertThat(found.processes())
        .extracting(
            RecordedProcess::name,
            process -> process.state().phase(),
            process -> process.state().wanted())
        .containsExactlyInAnyOrder(
            tuple("web", new Phase.Running(27_128, false, false, Cause.NONE, true), Wanted.UP),
            tuple("once", new Phase.Completed(), Wanted.UP),
            tuple("db", new Phase.Down(Result.ASKED), Wanted.DOWN));
  }

  @Test
  void itsSessionsAreTakenOver() {
    var found = read();
    assertThat(found.lastSession()).isEqualTo(1);
    var only = found.sessions().getFirst();
    assertThat(found.sessions()).hasSize(1);
    assertThat(only.session().variables().value("DISPLAY")).isEqualTo(":7");
    assertThat(only.session().leader().pid()).isEqualTo(27_437);
  }
}
