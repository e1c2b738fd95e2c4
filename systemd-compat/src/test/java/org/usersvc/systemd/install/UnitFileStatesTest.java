package org.usersvc.systemd.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of {@code systemctl is-enabled}, as version 252 says them. */
final class UnitFileStatesTest {
  @TempDir private Path root;
  private InstallFixture fixture;

  @BeforeEach
  void plant() {
    fixture = new InstallFixture(root);
  }

  private void enable(String name) throws InstallException {
    fixture.installation.enable(List.of(name), InstallOptions.PLAIN);
  }

  @Test
  void nothingHasNoState() {
    assertThat(fixture.state("a.service")).isEqualTo("none");
  }

  @Test
  void withoutInstallItIsStatic() {
    assertThat(fixture.vendor("a.service").state("a.service")).isEqualTo("static");
  }

  @Test
  void withInstallItIsDisabledUntilItIsEnabled() throws InstallException {
    fixture.vendor("a.service", "WantedBy=w.target");
    assertThat(fixture.state("a.service")).isEqualTo("disabled");
    enable("a.service");
    assertThat(fixture.state("a.service")).isEqualTo("enabled");
  }

  @Test
  void whatIsEnabledForAllUsersIsEnabled() {
    fixture.vendor("a.service", "WantedBy=w.target");
    fixture.tree.link(root + "/xdg/systemd/user/w.target.wants/a.service", "/gone/a.service");
    assertThat(fixture.state("a.service")).isEqualTo("enabled");
  }

  @Test
  void aLinkOfAPackageDoesNotEnable() {
    fixture.vendor("a.service", "WantedBy=w.target");
    fixture.tree.link(fixture.tree.vendor() + "/w.target.wants/a.service", "../a.service");
    assertThat(fixture.state("a.service")).isEqualTo("disabled");
  }

  @Test
  void anInstanceThatAPackageEnablesIsStatic() {
    fixture.vendor("t@.service", "WantedBy=w.target");
    fixture.tree.link(fixture.tree.vendor() + "/w.target.wants/t@x.service", "../t@.service");
    assertThat(fixture.state("t@x.service")).isEqualTo("static");
  }

  @Test
  void aliasesAreAlias() throws InstallException {
    fixture.vendor("a.service", "Alias=b.service");
    enable("a.service");
    assertThat(fixture.state("b.service")).isEqualTo("alias");
    assertThat(fixture.state("a.service")).isEqualTo("enabled");
  }

  @Test
  void anAliasOfAMaskIsMasked() {
    fixture.vendor("a.service");
    fixture
        .tree
        .link(fixture.tree.vendor() + "/b.service", "a.service")
        .link(fixture.tree.config() + "/a.service", "/dev/null");
    assertThat(fixture.state("b.service")).isEqualTo("masked");
  }

  @Test
  void anotherNameThanThoseOfInstallIsIndirect() {
    fixture.vendor("a.service", "Alias=b.service");
    fixture.tree.link(fixture.tree.config() + "/c.service", fixture.tree.vendor() + "/a.service");
    assertThat(fixture.state("a.service")).isEqualTo("indirect");
  }

  @Test
  void onlyAlsoIsIndirect() {
    fixture.vendor("a.service", "Also=b.service");
    assertThat(fixture.state("a.service")).isEqualTo("indirect");
  }

  @Test
  void aTemplateIsEnabledByItsDefaultInstanceAndIndirectByOthers() throws InstallException {
    fixture
        .vendor("t@.service", "WantedBy=w.target", "DefaultInstance=d")
        .vendor("n@.service", "WantedBy=w.target");
    enable("t@.service");
    enable("n@z.service");
    assertThat(fixture.state("t@.service")).isEqualTo("enabled");
    assertThat(fixture.state("t@d.service")).isEqualTo("enabled");
    assertThat(fixture.state("t@q.service")).isEqualTo("disabled");
    assertThat(fixture.state("n@.service")).isEqualTo("indirect");
    assertThat(fixture.state("n@z.service")).isEqualTo("enabled");
    assertThat(fixture.state("n@y.service")).isEqualTo("disabled");
  }

  @Test
  void aLinkedUnitThatIsEnabledIsEnabled() throws InstallException {
    fixture.tree.file(root + "/x/a.service", InstallFixture.text("WantedBy=w.target"));
    fixture.installation.link(List.of(root + "/x/a.service"), new InstallOptions(true, false));
    assertThat(fixture.state("a.service")).isEqualTo("linked-runtime");
    fixture.installation.enable(List.of("a.service"), new InstallOptions(true, false));
    assertThat(fixture.state("a.service")).isEqualTo("enabled-runtime");
  }

  @Test
  void whatWasMadeIsGeneratedOrTransient() {
    fixture.tree.file(root + "/run/systemd/transient/t.service", "[Unit]\n");
    fixture.tree.file(root + "/run/systemd/generator/g.service", "[Unit]\n");
    assertThat(fixture.state("t.service")).isEqualTo("transient");
    assertThat(fixture.state("g.service")).isEqualTo("generated");
  }

  @Test
  void circlesAndDevicesAreBad() {
    fixture
        .tree
        .link(fixture.tree.config() + "/a.service", "b.service")
        .link(fixture.tree.config() + "/b.service", "a.service")
        .link(fixture.tree.config() + "/z.service", "/dev/zero");
    assertThat(fixture.state("a.service")).isEqualTo("bad");
    assertThat(fixture.state("z.service")).isEqualTo("bad");
  }

  private List<Installation.ListedFile> list(List<String> states, List<String> patterns) {
    var files = new ArrayList<Installation.ListedFile>();
    fixture
        .installation
        .list(states, patterns)
        .forEachRemaining(file -> file.ifPresent(files::add));
    return files;
  }

  @Test
  void listsByStateAndPattern() throws InstallException {
    fixture
        .vendor("a.service", "WantedBy=w.target")
        .vendor("b.service", "WantedBy=w.target")
        .vendor("w.target");
    enable("a.service");
    var all = list(List.of(), List.of());
    assertThat(all)
        .extracting(file -> fixture.shortened(file.path()))
        .containsExactly("V/a.service", "V/b.service", "V/w.target");
    assertThat(all)
        .extracting(Installation.ListedFile::state)
        .containsExactly(UnitFileState.ENABLED, UnitFileState.DISABLED, UnitFileState.STATIC);
    assertThat(list(List.of("disabled", "static"), List.of("*.service")))
        .containsExactly(
            new Installation.ListedFile(
                fixture.tree.vendor() + "/b.service", UnitFileState.DISABLED));
  }
}
