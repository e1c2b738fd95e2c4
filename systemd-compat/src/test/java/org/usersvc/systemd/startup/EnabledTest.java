package org.usersvc.systemd.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.extension.HostFixture;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;

/** What of default.target starts with the daemon. */
final class EnabledTest {
  @TempDir private Path root;
  private final FakeManager manager = new FakeManager();
  private final List<String> made = new ArrayList<>();
  private HostFixture fixture;
  private Enabled enabled;

  @BeforeEach
  void prepare() throws IOException {
    fixture = new HostFixture(root, "org.usersvc1");
    fixture.register(fixture.process(), "XDG_CONFIG_HOME", root.resolve("config").toString());
    enabled =
        new Enabled(
            fixture.host,
            () -> {
              made.add("made");
              return manager;
            });
  }

  @AfterEach
  void finish() {
    fixture.close();
  }

  private void enable(String... names) throws IOException {
    var directory = root.resolve("config/systemd/user/default.target.wants");
    Files.createDirectories(directory);
    for (String name : names) {
      Files.createSymbolicLink(directory.resolve(name), Path.of("/units", name));
    }
  }

  private void begin() {
    enabled.begin();
    fixture.programs.loop.runOneTurn(false);
    fixture.programs.loop.runOneTurn(false);
  }

  @Test
  void nothingIsMadeIfNothingIsEnabled() throws IOException {
    begin();
    enable();
    begin();
    assertThat(made).isEmpty();
    assertThat(fixture.mechanisms.records.all()).isEmpty();
  }

  @Test
  void whatTheUserHasEnabledStartsAndNotTheTarget() throws IOException {
    enable("b.service", "a.socket", "t@.service", "no unit");
    begin();
    assertThat(made).isNotEmpty();
    assertThat(manager.take()).containsExactly("start a.socket fail", "start b.service fail");
  }

  @Test
  void theNextDaemonDoesNotStartItAgain() throws IOException {
    enable("a.service");
    begin();
    manager.take();
    begin();
    assertThat(manager.take()).isEmpty();
  }

  @Test
  void whatCannotBeStartedIsTold() throws IOException {
    enable("a.service");
    manager.refuseNext(new Refusal.NotLoaded(UnitName.of("a.service"), Refusal.Problem.NOT_FOUND));
    begin();
    assertThat(fixture.messages.warnings())
        .containsExactly("a.service is enabled but cannot be started: Unit a.service not found.");
  }
}
