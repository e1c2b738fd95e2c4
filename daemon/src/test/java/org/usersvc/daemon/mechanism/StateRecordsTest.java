package org.usersvc.daemon.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.state.Header;
import org.usersvc.daemon.state.StateFile;

/** With a real state file. */
final class StateRecordsTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final List<String> warnings = new ArrayList<>();

  private StateFile state() {
    var header = Header.of(files, SelfProcess.pid());
    return new StateFile(files, root.resolve("state").toString(), header, warnings::add);
  }

  /** The state file as the next daemon reads it. */
  private StateFile next() {
    var state = state();
    assertThat(state.read(SelfProcess.uid()).complete()).isTrue();
    return state;
  }

  @AfterEach
  void nothingWasWrong() {
    assertThat(warnings).isEmpty();
  }

  @Test
  void theNextDaemonIsGivenWhatWasPutLast() {
    var state = state();
    var records = new StateRecords(state);
    records.put("unit foo", "1");
    records.put("unit bar", "text \"of\"\nany kind \u00e4");
    records.put("unit foo", "2");
    records.put("unit gone", "3");
    records.remove("unit gone");
    records.remove("unit absent");
    state.flush();
    assertThat(new StateRecords(next()).all())
        .containsExactly(
            Map.entry("unit foo", "2"), Map.entry("unit bar", "text \"of\"\nany kind \u00e4"));
  }

  @Test
  void changesAfterAFlushAreReadToo() {
    var state = state();
    var records = new StateRecords(state);
    records.put("a", "1");
    records.put("b", "1");
    state.flush();
    records.put("a", "2");
    records.remove("b");
    state.flush();
    assertThat(new StateRecords(next()).all()).containsExactly(Map.entry("a", "2"));
  }

  @Test
  void whatIsNotChangedGoesToTheDaemonAfterTheNext() {
    var state = state();
    new StateRecords(state).put("a", "1");
    state.flush();
    var second = next();
    new StateRecords(second).put("b", "2");
    second.flush();
    assertThat(new StateRecords(next()).all()).containsOnlyKeys("a", "b");
  }

  @Test
  void aRegularEndLeavesNone() {
    var state = state();
    new StateRecords(state).put("a", "1");
    state.flush();
    state.delete();
    assertThat(new StateRecords(next()).all()).isEmpty();
  }
}
