package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where units come from: files, links and directories, good ones and bad ones. */
@ExtendWith(TreeExtension.class)
final class UnitFilesIT {
  private static final String OTHER = "other.service";

  /** A unit beside the bad one, which must not be hurt. */
  private static Units withOther(Tree tree) throws IOException {
    return Units.of(tree).steady("other");
  }

  private static void expectUnhurt(Units units) throws IOException {
    units.systemctl("start", OTHER).expect(0);
    units.expectStates("active/running", OTHER);
    units.systemctl("daemon-reload").expect(0);
    units.expectStates("active/running", OTHER);
    units.systemctl("list-unit-files").expect(0);
  }

  @Test
  void aTemplateGivesEachInstanceItsName(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .unit(
                "x@.service",
                "[Unit]",
                "Wants=y@.service z@%i.service",
                "After=y@.service",
                "[Service]",
                "Type=oneshot",
                "ExecStart=sh -c 'echo \"$@\" >> TRACE' - %n %i %I %p %N %j")
            .service("y@", Units.STEADY)
            .service("z@", Units.STEADY)
            .start();
    units.systemctl("start", "x@a-b\\x2dc.service").expect(0);
    units.awaitTrace("x@a-b\\x2dc.service a-b\\x2dc a/b-c x x@a-b\\x2dc x");
    units.expectStates("active/running", "y@a-b\\x2dc.service", "z@a-b\\x2dc.service");
    assertThat(units.systemctl("start", "x@.service").expect(1).err())
        .contains("missing the instance name");
  }

  @Test
  void dropInsAreReadInTheOrderOfTheirNames(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("a-b", "Type=oneshot", "ExecStart=sh -c 'echo $A $B $C >> TRACE'")
            .unit("service.d/10.conf", "[Service]", "Environment=A=type B=type C=type")
            .unit("a-.service.d/20.conf", "[Service]", "Environment=B=prefix C=prefix")
            .unit("a-b.service.d/30.conf", "[Service]", "Environment=C=own")
            .unit("a-b.service.d/note.txt", "[Service]", "Environment=C=ignored")
            .start();
    units.systemctl("start", "a-b").expect(0);
    units.awaitTrace("type prefix own");
  }

  @Test
  void anEmptyValueForgetsWhatWasSaidBefore(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("a", "Type=oneshot", "ExecStart=false")
            .unit(
                "a.service.d/x.conf",
                "[Service]",
                "ExecStart=",
                "ExecStart=sh -c 'echo x >> TRACE'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.awaitTrace("x");
  }

  @Test
  void aLinkIsAnotherNameOfTheUnit(Tree tree) throws IOException {
    var units = Units.of(tree).steady("real").link("alias.service", "real.service").start();
    units.systemctl("start", "alias").expect(0);
    units.expectStates("active/running", "real.service", "alias.service");
    assertThat(units.property("alias.service", "Names").split(" ", -1))
        .containsExactlyInAnyOrder("alias.service", "real.service");
    assertThat(units.property("alias.service", "Id")).isEqualTo("real.service");
    units.systemctl("stop", "real").expect(0);
    units.expectStates("inactive/dead", "alias.service");
  }

  @Test
  void linksInDirectoriesAreDependencies(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .steady("wanted")
            .steady("required")
            .target("goal")
            .link("goal.target.wants/wanted.service", "../wanted.service")
            .link("goal.target.wants/gone.service", "../gone.service")
            .link("goal.target.requires/required.service", "../required.service")
            .start();
    units.systemctl("start", "goal.target").expect(0);
    units.expectStates("active/running", "wanted.service", "required.service");
    assertThat(units.property("goal.target", "Wants")).contains("wanted.service");
    assertThat(units.property("goal.target", "Requires")).isEqualTo("required.service");
  }

  @Test
  void aNewFileNeedsNoReloadAndAnIdleUnitIsReadAgain(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    units.systemctl("start", "a").expect(5);
    units.service("a", "Type=oneshot", "ExecStart=sh -c 'echo one >> TRACE'");
    units.systemctl("start", "a").expect(0);
    units.service("a", "Type=oneshot", "ExecStart=sh -c 'echo two >> TRACE'");
    units.systemctl("start", "a").expect(0);
    units.awaitTrace("one", "two");
  }

  @Test
  void aUnitWhoseFileIsGoneRunsOn(Tree tree) throws IOException {
    var units = withOther(tree).start();
    units.systemctl("start", OTHER).expect(0);
    int pid = units.pid(OTHER);
    Files.delete(units.directory().resolve(OTHER));
    units.systemctl("daemon-reload").expect(0);
    units.awaitState(OTHER, "active/running");
    assertThat(units.pid(OTHER)).isEqualTo(pid);
    units.systemctl("stop", OTHER).expect(0);
    assertThat(units.systemctl("start", OTHER).expect(5).err()).contains("not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Type=simple",
        "ExecStart=true;ExecStart=true",
        "ExecStart=relative/path",
        "Type=dbus;ExecStart=true",
        "Type=oneshot;Restart=always;ExecStart=true"
      })
  void aUnitThatCannotWorkIsRefused(String lines, Tree tree) throws IOException {
    var units = withOther(tree).service("bad", lines.split(";", -1)).start();
    assertThat(units.systemctl("start", "bad").expect(1).err())
        .contains("Unit bad.service has a bad unit file setting.");
    assertThat(units.property("bad.service", "LoadState")).isEqualTo("bad-setting");
    expectUnhurt(units);
  }

  @Test
  void whatNobodyKnowsIsOnlyWarnedAbout(Tree tree) throws IOException {
    var units =
        withOther(tree)
            .unit(
                "odd.service",
                "[Service]",
                "Nonsense=1",
                "Nice=lots",
                Units.STEADY,
                "[X-Ours]",
                "Any=thing",
                "[Unknown]",
                "Key=value")
            .start();
    units.systemctl("start", "odd").expect(0);
    units.expectStates("active/running", "odd.service");
    expectUnhurt(units);
  }

  @Test
  void tenMegabytesAreReadOrRefused(Tree tree) throws IOException {
    var units = withOther(tree);
    var text = new StringBuilder(11_000_000).append("[Service]\n");
    while (text.length() < 10_000_000) {
      text.append("Environment=A=1234567890123456789012345678901234567890\n");
    }
    Files.writeString(units.directory().resolve("big.service"), text.append(Units.STEADY));
    var line = new byte[10_000_000];
    Arrays.fill(line, (byte) 'x');
    Files.write(units.directory().resolve("line.service"), line);
    units.start();
    units.systemctl("start", "big");
    assertThat(units.systemctl("start", "line").status()).isNotZero();
    expectUnhurt(units);
    units.systemctl("stop", "big");
  }

  @Test
  void bytesThatAreNoTextHurtNobodyElse(Tree tree) throws IOException {
    var units = withOther(tree);
    var bytes = new byte[4096];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Files.write(units.directory().resolve("noise.service"), bytes);
    Files.writeString(
        units.directory().resolve("nul.service"), "[Service]\nExecStart=sleep 10\0 00\n");
    Files.createDirectory(units.directory().resolve("directory.service"));
    Ran.of("mkfifo", units.directory().resolve("fifo.service").toString()).expect(0);
    units.start();
    for (var name : new String[] {"noise", "directory", "fifo"}) {
      assertThat(units.systemctl("start", name).status()).as(name).isNotZero();
    }
    units.systemctl("start", "nul");
    expectUnhurt(units);
  }

  @Test
  void linksThatLeadNowhereAreNotFound(Tree tree) throws IOException {
    var units =
        withOther(tree)
            .link("a.service", "b.service")
            .link("b.service", "a.service")
            .link("self.service", "self.service")
            .link("dangling.service", "gone.service")
            .start();
    for (var name : new String[] {"a", "b", "self", "dangling"}) {
      assertThat(units.systemctl("start", name).status()).as(name).isNotZero();
    }
    expectUnhurt(units);
  }

  @Test
  void aCircleOfAThousandUnitsIsRefused(Tree tree) throws IOException {
    var units = withOther(tree);
    for (int i = 0; i < 1000; i++) {
      var next = "c" + (i + 1) % 1000 + ".service";
      units.steady("c" + i, "Requires=" + next, "After=" + next);
    }
    units.start();
    assertThat(units.systemctl("start", "c0").expect(1).err()).contains("cyclic");
    assertThat(units.traced()).isEmpty();
    expectUnhurt(units);
  }

  @Test
  void tenThousandDropInsAreReadOrRefused(Tree tree) throws IOException {
    var units = withOther(tree).service("a", Units.STEADY);
    var directory = Files.createDirectory(units.directory().resolve("a.service.d"));
    for (int i = 0; i < 10_000; i++) {
      Files.writeString(directory.resolve(i + ".conf"), "[Unit]\nDescription=" + i + "\n");
    }
    units.start();
    units.systemctl("start", "a");
    expectUnhurt(units);
  }

  @Test
  void aServiceDirectoryAndAUnitLiveBesideEachOther(Tree tree) throws IOException {
    var units = withOther(tree);
    var web = tree.service("web").steady();
    units.start();
    int pid = web.awaitUp();
    expectUnhurt(units);
    tree.usersvc("status", "--check", "web").expect(0);
    assertThat(web.pid()).isEqualTo(pid);
  }
}
