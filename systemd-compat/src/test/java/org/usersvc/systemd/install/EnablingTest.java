package org.usersvc.systemd.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.install.InstallException.Reason;
import org.usersvc.systemd.unit.Relation;

/** What enabling and disabling change, and what they answer. */
final class EnablingTest {
  private static final InstallOptions FORCE = new InstallOptions(false, true);
  private static final InstallOptions RUNTIME = new InstallOptions(true, false);

  @TempDir private Path root;
  private InstallFixture fixture;

  @BeforeEach
  void plant() {
    fixture = new InstallFixture(root);
  }

  private List<String> enable(String... names) throws InstallException {
    return fixture.lines(
        fixture.installation.enable(List.of(names), InstallOptions.PLAIN).changes());
  }

  private List<String> disable(String... names) throws InstallException {
    return fixture.lines(fixture.installation.disable(List.of(names), false).changes());
  }

  static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InstallException.class, thrown -> assertThat(thrown.reason()).isEqualTo(reason));
  }

  @Test
  void linksAliasesAndWanters() throws InstallException {
    fixture
        .vendor("a.service", "WantedBy=w.target", "RequiredBy=r.target", "Alias=alias.service")
        .vendor("w.target")
        .vendor("r.target");
    assertThat(enable("a.service"))
        .containsExactly(
            "symlink C/alias.service V/a.service",
            "symlink C/w.target.wants/a.service V/a.service",
            "symlink C/r.target.requires/a.service V/a.service");
    assertThat(fixture.config())
        .containsExactly(
            "C/alias.service -> V/a.service",
            "C/r.target.requires",
            "C/r.target.requires/a.service -> V/a.service",
            "C/w.target.wants",
            "C/w.target.wants/a.service -> V/a.service");
  }

  @Test
  void namesWantersWithoutAFile() throws InstallException {
    fixture.vendor("a.service", "WantedBy=w.target");
    assertThat(enable("a.service"))
        .containsExactly(
            "symlink C/w.target.wants/a.service V/a.service",
            "destination not present w.target V/a.service");
  }

  @Test
  void upholdersGetALink() throws InstallException {
    fixture.vendor("a.service", "UpheldBy=w.target").vendor("w.target");
    assertThat(enable("a.service"))
        .containsExactly("symlink C/w.target.upholds/a.service V/a.service");
  }

  @Test
  void aSecondTimeChangesNothing() throws InstallException {
    fixture.vendor("a.service", "WantedBy=w.target", "Alias=b.service").vendor("w.target");
    assertThat(enable("a.service")).hasSize(2);
    assertThat(enable("a.service")).isEmpty();
  }

  @Test
  void aUnitWithoutInstallCarriesNone() throws InstallException {
    fixture.vendor("a.service").vendor("b.service", "WantedBy=a.service");
    var options = InstallOptions.PLAIN;
    assertThat(fixture.installation.enable(List.of("a.service"), options))
        .isEqualTo(new Outcome(false, List.of()));
    assertThat(fixture.installation.enable(List.of("b.service"), options).carriesInstallInfo())
        .isTrue();
  }

  @Test
  void aUnitMayHaveTheLongestName() throws InstallException {
    String name = "a".repeat(247) + ".service";
    fixture.vendor(name, "WantedBy=w.target").vendor("w.target");
    assertThat(enable(name)).hasSize(1);
    assertThat(fixture.state(name)).isEqualTo("enabled");
  }

  @Test
  void runtimeLinksGoToTheRuntimeDirectory() throws InstallException {
    fixture.vendor("a.service", "WantedBy=w.target").vendor("w.target");
    var outcome = fixture.installation.enable(List.of("a.service"), RUNTIME);
    assertThat(fixture.lines(outcome.changes()))
        .containsExactly("symlink R/w.target.wants/a.service V/a.service");
    assertThat(fixture.config()).isEmpty();
    assertThat(fixture.installation.disable(List.of("a.service"), true).changes()).hasSize(1);
    assertThat(fixture.runtime()).isEmpty();
  }

  @Test
  void alsoEnablesOthersAndNamesThoseThatAreNotThere() throws InstallException {
    fixture
        .vendor("a.service", "Also=b.service gone.service")
        .vendor("b.service", "WantedBy=w.target", "Also=a.service")
        .vendor("w.target");
    assertThat(enable("a.service"))
        .containsExactly(
            "symlink C/w.target.wants/b.service V/b.service", "auxiliary unit failed gone.service");
    assertThat(disable("a.service")).containsExactly("unlink C/w.target.wants/b.service");
  }

  @Test
  void anInstanceLinksToItsTemplate() throws InstallException {
    fixture.vendor("t@.service", "WantedBy=w@%i.target").vendor("w@.target");
    assertThat(enable("t@x.service"))
        .containsExactly("symlink C/w@x.target.wants/t@x.service V/t@.service");
  }

  @Test
  void aTemplateIsEnabledByItsDefaultInstance() throws InstallException {
    fixture.vendor("t@.service", "WantedBy=w.target", "DefaultInstance=d").vendor("w.target");
    assertThat(enable("t@.service"))
        .containsExactly("symlink C/w.target.wants/t@d.service V/t@.service");
  }

  @Test
  void aTemplateWithoutInstanceIsWantedByTemplatesOnly() throws InstallException {
    fixture
        .vendor("t@.service", "WantedBy=w.target")
        .vendor("u@.service", "WantedBy=w@.target")
        .vendor("w.target")
        .vendor("w@.target");
    refused(Reason.BAD_UNIT_SETTING, () -> enable("t@.service"));
    assertThat(enable("u@.service"))
        .containsExactly("symlink C/w@.target.wants/u@.service V/u@.service");
  }

  @Test
  void anAliasOfAnotherTypeIsRefused() {
    fixture.vendor("a.service", "Alias=a.socket");
    refused(Reason.BAD_UNIT_SETTING, () -> enable("a.service"));
    assertThat(fixture.config()).isEmpty();
  }

  @Test
  void anAliasOfATemplateIsOneOfTheEnabledInstance() throws InstallException {
    fixture.vendor("t@.service", "Alias=alias@.service");
    assertThat(enable("t@x.service")).containsExactly("symlink C/alias@x.service V/t@.service");
  }

  @Test
  void refusesWhatIsNotThereMaskedOrTransient() {
    fixture.tree.link(fixture.tree.config() + "/m.service", "/dev/null");
    fixture.tree.file(root + "/run/systemd/transient/t.service", InstallFixture.text());
    fixture.tree.file(root + "/run/systemd/generator/g.service", InstallFixture.text());
    refused(Reason.NO_SUCH_UNIT, () -> enable("gone.service"));
    refused(Reason.UNIT_MASKED, () -> enable("m.service"));
    refused(Reason.UNIT_GENERATED, () -> enable("t.service"));
    refused(Reason.UNIT_GENERATED, () -> enable("g.service"));
    refused(Reason.INVALID_ARGS, () -> enable("gone"));
  }

  @Test
  void changesNothingIfOneOfSeveralIsRefused() {
    fixture.vendor("a.service", "WantedBy=w.target").vendor("w.target");
    refused(Reason.NO_SUCH_UNIT, () -> enable("a.service", "gone.service"));
    assertThat(fixture.config()).isEmpty();
  }

  @Test
  void aLinkInTheWayIsReplacedByForceOnly() throws InstallException {
    fixture.vendor("a.service", "Alias=al.service").vendor("b.service");
    fixture.tree.link(fixture.tree.config() + "/al.service", fixture.tree.vendor() + "/b.service");
    refused(Reason.UNIT_EXISTS, () -> enable("a.service"));
    var outcome = fixture.installation.enable(List.of("a.service"), FORCE);
    assertThat(fixture.lines(outcome.changes()))
        .containsExactly("unlink C/al.service", "symlink C/al.service V/a.service");
    assertThat(fixture.config()).containsExactly("C/al.service -> V/a.service");
  }

  @Test
  void aFileInTheWayIsNeverReplaced() {
    fixture.vendor("a.service", "Alias=al.service");
    fixture.tree.file(fixture.tree.config() + "/al.service", "x");
    refused(Reason.UNIT_EXISTS, () -> fixture.installation.enable(List.of("a.service"), FORCE));
  }

  @Test
  void aPathOutsideIsLinkedAndEnabled() throws InstallException {
    fixture.vendor("w.target");
    fixture.tree.file(root + "/x/a.service", InstallFixture.text("WantedBy=w.target"));
    assertThat(enable(root + "/x/a.service"))
        .containsExactly(
            "symlink C/a.service /x/a.service", "symlink C/w.target.wants/a.service /x/a.service");
    assertThat(disable("a.service"))
        .containsExactlyInAnyOrder("unlink C/a.service", "unlink C/w.target.wants/a.service");
  }

  @Test
  void aPathInsideIsTheSameAsItsName() throws InstallException {
    fixture.vendor("a.service", "WantedBy=w.target").vendor("w.target");
    assertThat(enable(fixture.tree.vendor() + "/a.service"))
        .containsExactly("symlink C/w.target.wants/a.service V/a.service");
  }

  @Test
  void disablingRemovesLinksMadeByHandToo() throws InstallException {
    fixture.vendor("a.service").vendor("w.target");
    fixture
        .tree
        .link(fixture.tree.config() + "/w.target.wants/a.service", "../a.service")
        .link(fixture.tree.config() + "/b.service", fixture.tree.vendor() + "/a.service")
        .link(fixture.tree.config() + "/w.target.wants/b.service", "../b.service");
    assertThat(disable("a.service"))
        .containsExactlyInAnyOrder(
            "unlink C/b.service",
            "unlink C/w.target.wants/a.service",
            "unlink C/w.target.wants/b.service");
    assertThat(fixture.config()).isEmpty();
  }

  @Test
  void disablingAnInstanceLeavesTheOthers() throws InstallException {
    fixture.vendor("t@.service", "WantedBy=w.target").vendor("w.target");
    enable("t@x.service", "t@y.service");
    assertThat(disable("t@x.service")).containsExactly("unlink C/w.target.wants/t@x.service");
    assertThat(disable("t@.service")).containsExactly("unlink C/w.target.wants/t@y.service");
  }

  @Test
  void disablingAnAliasDisablesItsUnit() throws InstallException {
    fixture.vendor("a.service", "Alias=b.service", "WantedBy=w.target").vendor("w.target");
    enable("a.service");
    assertThat(disable("b.service")).hasSize(2);
    assertThat(fixture.config()).isEmpty();
  }

  @Test
  void disablingWhatIsGoneRemovesItsLinks() throws InstallException {
    fixture.tree.link(fixture.tree.config() + "/w.target.wants/a.service", "/gone/a.service");
    assertThat(disable("a.service")).containsExactly("unlink C/w.target.wants/a.service");
    refused(Reason.NO_SUCH_UNIT, () -> disable("a.service"));
  }

  @Test
  void disablingAMaskedUnitLeavesTheMask() throws InstallException {
    fixture.tree.link(fixture.tree.config() + "/m.service", "/dev/null");
    assertThat(disable("m.service")).containsExactly("masked C/m.service");
    assertThat(fixture.config()).containsExactly("C/m.service -> /dev/null");
  }

  @Test
  void reenablingFollowsANewInstallSection() throws InstallException {
    fixture.vendor("a.service", "WantedBy=w.target").vendor("w.target").vendor("v.target");
    enable("a.service");
    fixture.vendor("a.service", "WantedBy=v.target");
    var outcome = fixture.installation.reenable(List.of("a.service"), InstallOptions.PLAIN);
    assertThat(fixture.lines(outcome.changes()))
        .containsExactly(
            "unlink C/w.target.wants/a.service", "symlink C/v.target.wants/a.service V/a.service");
    assertThat(fixture.config())
        .containsExactly("C/v.target.wants", "C/v.target.wants/a.service -> V/a.service");
  }

  @Test
  void reenablingKeepsALinkedUnit() throws InstallException {
    fixture.vendor("w.target");
    fixture.tree.file(root + "/x/a.service", InstallFixture.text("WantedBy=w.target"));
    enable(root + "/x/a.service");
    var before = fixture.config();
    fixture.installation.reenable(List.of("a.service"), InstallOptions.PLAIN);
    assertThat(fixture.config()).isEqualTo(before);
  }

  @Test
  void dependenciesAreAdded() throws InstallException {
    fixture.vendor("a.service").vendor("w.target");
    var units = List.of("a.service");
    var options = InstallOptions.PLAIN;
    assertThat(
            fixture.lines(
                fixture.installation.addDependency(units, "w.target", Relation.WANTS, options)))
        .containsExactly("symlink C/w.target.wants/a.service V/a.service");
    assertThat(
            fixture.lines(
                fixture.installation.addDependency(units, "w.target", Relation.REQUIRES, options)))
        .containsExactly("symlink C/w.target.requires/a.service V/a.service");
    refused(
        Reason.NO_SUCH_UNIT,
        () -> fixture.installation.addDependency(units, "gone.target", Relation.WANTS, options));
  }
}
