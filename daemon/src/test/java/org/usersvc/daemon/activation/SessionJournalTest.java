package org.usersvc.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.session.Leader;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.Standing;
import org.usersvc.daemon.state.Header;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedSession;
import org.usersvc.daemon.state.StateFile;

final class SessionJournalTest {
  @TempDir private Path root;
  private SessionFixture fixture;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void begin() {
    fixture = new SessionFixture(root);
  }

  @AfterEach
  void end() {
    fixture.close();
    assertThat(warnings).isEmpty();
  }

  private StateFile file() {
    var header = Header.of(fixture.files, SelfProcess.pid());
    return new StateFile(fixture.files, root.resolve("state").toString(), header, warnings::add);
  }

  /** Of which nothing lives. */
  private static RecordedSession ended(int id) {
    var variables = Environment.of(Map.of("DISPLAY", ":1"));
    var leader = new Leader(17, "sway");
    var session = new Session(id, "sway", leader, variables, Instant.EPOCH, Standing.LOGIN);
    return new RecordedSession(session, new ProcessIdentity(17, 18), ProcessIdentity.NONE);
  }

  @Test
  void aSessionThatEndedWhileNoDaemonLivedIsReportedOnce() {
    var first = file();
    first.put(ended(3));
    first.flush();
    var second = file();
    var found = second.read(SelfProcess.uid());
    assertThat(found.sessions()).hasSize(1);
    fixture.sessions.restore(found.sessions(), found.lastSession());
    new SessionJournal(fixture.files, second, fixture.sessions, fixture.activation).write();
    second.flush();
    assertThat(file().read(SelfProcess.uid()).sessions()).isEmpty();
  }
}
