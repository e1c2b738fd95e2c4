package org.usersvc.systemd.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.install.InstallException.Reason;

/** Masks, links, the default target, and the way back. */
final class MaskingTest {
  private static final InstallOptions PLAIN = InstallOptions.PLAIN;

  @TempDir private Path root;
  private InstallFixture fixture;
  private Installation installation;

  @BeforeEach
  void plant() {
    fixture = new InstallFixture(root);
    installation = fixture.installation;
  }

  @Test
  void masksAndUnmasks() throws InstallException {
    fixture.vendor("a.service");
    assertThat(fixture.lines(installation.mask(List.of("a.service"), PLAIN)))
        .containsExactly("symlink C/a.service /dev/null");
    assertThat(installation.mask(List.of("a.service"), PLAIN)).isEmpty();
    assertThat(fixture.state("a.service")).isEqualTo("masked");
    assertThat(fixture.lines(installation.unmask(List.of("a.service"), false)))
        .containsExactly("unlink C/a.service");
    assertThat(installation.unmask(List.of("a.service"), false)).isEmpty();
    assertThat(fixture.state("a.service")).isEqualTo("static");
  }

  @Test
  void aMaskUntilTheLogoutIsInTheRuntimeDirectory() throws InstallException {
    fixture.vendor("a.service");
    installation.mask(List.of("a.service"), new InstallOptions(true, false));
    assertThat(fixture.runtime()).containsExactly("R/a.service -> /dev/null");
    assertThat(fixture.state("a.service")).isEqualTo("masked-runtime");
    assertThat(installation.unmask(List.of("a.service"), false)).isEmpty();
    assertThat(installation.unmask(List.of("a.service"), true)).hasSize(1);
  }

  @Test
  void whatIsNotThereCanBeMasked() throws InstallException {
    assertThat(installation.mask(List.of("gone.service"), PLAIN)).hasSize(1);
  }

  @Test
  void theUsersOwnFileIsNotReplacedByAMask() {
    fixture.tree.file(fixture.tree.config() + "/a.service", "x");
    EnablingTest.refused(
        Reason.UNIT_EXISTS,
        () -> installation.mask(List.of("a.service"), new InstallOptions(false, true)));
    assertThat(fixture.config()).containsExactly("C/a.service");
  }

  @Test
  void linksAFileElsewhere() throws InstallException {
    fixture.tree.file(root + "/x/a.service", "x");
    assertThat(fixture.lines(installation.link(List.of(root + "/x/a.service"), PLAIN)))
        .containsExactly("symlink C/a.service /x/a.service");
    assertThat(fixture.state("a.service")).isEqualTo("linked");
    assertThat(fixture.lines(installation.disable(List.of("a.service"), false).changes()))
        .containsExactly("unlink C/a.service");
  }

  @Test
  void refusesToLinkWhatIsNoFileElsewhere() {
    fixture.tree.link(root + "/x/l.service", "/gone").file(root + "/x/README", "x");
    EnablingTest.refused(
        Reason.UNIT_LINKED, () -> installation.link(List.of(root + "/x/l.service"), PLAIN));
    EnablingTest.refused(
        Reason.NO_SUCH_UNIT, () -> installation.link(List.of(root + "/x/gone.service"), PLAIN));
    EnablingTest.refused(
        Reason.INVALID_ARGS, () -> installation.link(List.of(root + "/x/README"), PLAIN));
    EnablingTest.refused(Reason.INVALID_ARGS, () -> installation.link(List.of("a.service"), PLAIN));
  }

  @Test
  void linkingWhatIsInThePathChangesNothing() throws InstallException {
    fixture.vendor("a.service");
    assertThat(installation.link(List.of(fixture.tree.vendor() + "/a.service"), PLAIN)).isEmpty();
  }

  @Test
  void revertRemovesDropInsAndFilesThatHidePackages() throws InstallException {
    fixture.vendor("a.service");
    fixture
        .tree
        .file(fixture.tree.config() + "/a.service", "x")
        .file(fixture.tree.config() + "/a.service.d/1.conf", "x")
        .file(fixture.tree.runtime() + "/a.service.d/1.conf", "x");
    assertThat(fixture.lines(installation.revert(List.of("a.service"))))
        .containsExactlyInAnyOrder(
            "unlink C/a.service.d", "unlink C/a.service", "unlink R/a.service.d");
    assertThat(fixture.config()).isEmpty();
    assertThat(fixture.runtime()).isEmpty();
  }

  @Test
  void revertLeavesWhatNoPackageHasButRemovesMasks() throws InstallException {
    fixture.tree.file(fixture.tree.config() + "/a.service", "x");
    fixture.tree.link(fixture.tree.config() + "/b.service", "/dev/null");
    assertThat(fixture.lines(installation.revert(List.of("a.service", "b.service"))))
        .containsExactly("unlink C/b.service");
    assertThat(fixture.config()).containsExactly("C/a.service");
  }

  @Test
  void theDefaultTargetIsALink() throws InstallException {
    fixture.vendor("w.target").vendor("default.target");
    assertThat(installation.defaultTarget()).hasToString("default.target");
    assertThat(fixture.lines(installation.setDefault("w.target", false)))
        .containsExactly("symlink C/default.target V/w.target");
    assertThat(installation.defaultTarget()).hasToString("w.target");
    assertThat(installation.setDefault("w.target", false)).isEmpty();
    EnablingTest.refused(Reason.INVALID_ARGS, () -> installation.setDefault("w.service", false));
    EnablingTest.refused(Reason.NO_SUCH_UNIT, () -> installation.setDefault("v.target", false));
  }

  @Test
  void presetsAreRefusedWithAWayOut() {
    assertThat(Installation.noPresets(List.of("a.service")))
        .hasMessage("usersvc has no presets, enable or disable a.service instead.");
  }
}
