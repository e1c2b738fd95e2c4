package org.usersvc.systemd.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.elapse.TriggerFixture;
import org.usersvc.systemd.engine.PathController;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** Path units on real files, whose changes a test reports. */
final class PathRunnerTest {
  private static final String WAITING = "active/waiting";
  private static final String RUNNING = "active/running";

  @TempDir private Path root;
  private TriggerFixture units;
  private Path file;

  @BeforeEach
  void begin() {
    units = fixture();
    file = root.resolve("d/trigger");
  }

  private TriggerFixture fixture() {
    var made = new TriggerFixture(root);
    var place =
        new Workplace(
            made.mechanisms.all(),
            made.manager,
            pattern -> Files.exists(Path.of(pattern.replace("*", "x"))),
            made.warnings::add);
    made.engine.control(UnitType.PATH, (unit, reports) -> new PathRunner(unit, reports, place));
    return made;
  }

  private void path(String... lines) {
    units.unit("a.path", "[Path]\n" + String.join("\n", lines));
  }

  private void touch(Path made) throws IOException {
    Files.createDirectories(made.getParent());
    Files.writeString(made, "");
  }

  private void changed(Path there, boolean content) {
    units.mechanisms.watches.change(there.toString(), content);
    units.settle();
  }

  private String result() {
    return ((PathController) units.manager.load(UnitName.of("a.path")).controller()).result();
  }

  /** Case k07. */
  @Test
  void startsItsUnitWhenThePathExistsAndWaitsAgain() throws IOException {
    path("PathExists=" + file);
    assertThat(units.start("a.path")).isEqualTo("done");
    assertThat(units.state("a.path")).isEqualTo(WAITING);
    touch(file);
    changed(file, true);
    assertThat(units.state("a.path")).isEqualTo(RUNNING);
    assertThat(units.mechanisms.watches.paths()).isEmpty();
    Files.delete(file);
    units.targetEnds();
    assertThat(units.state("a.path")).isEqualTo(WAITING);
    assertThat(units.target().starts()).isEqualTo(1);
    assertThat(units.stop("a.path")).isEqualTo("done");
    assertThat(units.mechanisms.watches.paths()).isEmpty();
  }

  @Test
  void aPathThatIsThereAlreadyStartsTheUnitAtOnceAndAgainWhenThatEnds() throws IOException {
    touch(file);
    path("PathExistsGlob=" + file.getParent() + "/*");
    touch(root.resolve("d/x"));
    units.start("a.path");
    assertThat(units.target().starts()).isEqualTo(1);
    units.targetEnds();
    assertThat(units.target().starts()).isEqualTo(2);
  }

  @Test
  void aPatternIsWatchedInTheDirectoryBeforeIt() {
    path("PathExistsGlob=" + root + "/d/*/e");
    units.start("a.path");
    assertThat(units.mechanisms.watches.reaches()).containsExactly("into " + root + "/d");
  }

  @Test
  void aChangeIsAnOccasionButNotOneOnTheWayThere() throws IOException {
    touch(file);
    path("PathChanged=" + file);
    units.start("a.path");
    assertThat(units.mechanisms.watches.reaches()).containsExactly("content " + file);
    changed(file, false);
    assertThat(units.state("a.path")).isEqualTo(WAITING);
    changed(file, true);
    assertThat(units.target().starts()).isEqualTo(1);
    units.targetEnds();
    assertThat(units.state("a.path")).isEqualTo(WAITING);
  }

  @Test
  void aPathThatComesOrGoesHasChanged() throws IOException {
    path("PathModified=" + file);
    units.start("a.path");
    assertThat(units.mechanisms.watches.reaches()).containsExactly("writes " + file);
    touch(file);
    changed(file, false);
    assertThat(units.target().starts()).isEqualTo(1);
    units.targetEnds();
    Files.delete(file);
    changed(file, false);
    assertThat(units.target().starts()).isEqualTo(2);
  }

  @Test
  void onlyEntriesThatAreMeantMakeADirectoryNotEmpty() throws IOException {
    path("DirectoryNotEmpty=" + file.getParent(), "MakeDirectory=yes", "DirectoryMode=0700");
    units.start("a.path");
    assertThat(file.getParent()).isDirectory();
    touch(root.resolve("d/.hidden"));
    touch(root.resolve("d/old~"));
    changed(root.resolve("d"), true);
    assertThat(units.state("a.path")).isEqualTo(WAITING);
    touch(file);
    changed(root.resolve("d"), true);
    assertThat(units.state("a.path")).isEqualTo(RUNNING);
  }

  @Test
  void aUnitThatRunsAlreadyIsWaitedFor() throws IOException {
    path("PathExists=" + file);
    units.start("a.service");
    units.start("a.path");
    assertThat(units.state("a.path")).isEqualTo(RUNNING);
    assertThat(units.target().starts()).isEqualTo(1);
    units.targetEnds();
    assertThat(units.state("a.path")).isEqualTo(WAITING);
    units.start("a.service");
    assertThat(units.state("a.path")).isEqualTo(RUNNING);
  }

  @Test
  void anOccasionTooManyFailsTheUnit() throws IOException {
    touch(file);
    path("PathExists=" + file, "TriggerLimitIntervalSec=10", "TriggerLimitBurst=3");
    units.start("a.path");
    for (int i = 0; i < 3; i++) {
      units.targetEnds();
    }
    assertThat(units.target().starts()).isEqualTo(3);
    assertThat(units.state("a.path")).isEqualTo("failed/failed");
    assertThat(result()).isEqualTo("trigger-limit-hit");
  }

  @Test
  void aUnitThatIsNotThereCannotBeWaitedFor() {
    path("PathExists=" + file, "Unit=missing.service");
    assertThat(units.start("a.path")).isEqualTo("failed");
    assertThat(units.state("a.path")).isEqualTo("-");
  }

  @Test
  void newLinesOfItsFileCountAfterAReload() throws IOException {
    path("PathExists=" + file);
    units.start("a.path");
    touch(root.resolve("d/other"));
    path("PathExists=" + root.resolve("d/other"));
    units.manager.reload(() -> {});
    units.settle();
    units.settle();
    assertThat(units.state("a.path")).isEqualTo(RUNNING);
  }

  @Test
  void theNextDaemonSeesWhatHasComeMeanwhile() throws Exception {
    path("PathChanged=" + file);
    units.start("a.path");
    var record = units.record("a.path");
    touch(file);
    var before = units;
    units = fixture();
    units.resume("a.path", record);
    assertThat(units.target().starts()).isEqualTo(1);
    assertThat(before.target().starts()).isZero();
  }

  @Test
  void theNextDaemonWaitsOn() throws Exception {
    path("PathExists=" + file);
    units.start("a.path");
    var record = units.record("a.path");
    units = fixture();
    units.resume("a.path", record);
    assertThat(units.mechanisms.watches.paths()).hasSize(1);
    touch(file);
    changed(file, true);
    assertThat(units.target().starts()).isEqualTo(1);
  }
}
