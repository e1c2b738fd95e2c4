package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our names of systemd's programs, each beside the real one, on the same daemon. */
@ExtendWith(TreeExtension.class)
final class SystemdNamesIT {
  private static final String[] WEB = {
    "[Unit]",
    "Description=The web",
    "Documentation=man:web(1)",
    "[Service]",
    "ExecStart=sleep 1000",
    "Environment=A=b \"C=d e\"",
    "[Install]",
    "WantedBy=default.target"
  };

  private static Path names() {
    return Path.of(Programs.image("usersvc")).resolve("../../lib/usersvc/bin").normalize();
  }

  private static Ran ours(Units units, String... words) throws IOException {
    words[0] = names().resolve(words[0]).toString();
    return units.run(words);
  }

  /** Runs the same line by the real program and by ours: the same must come out. */
  private static Ran compare(Units units, String line) throws IOException {
    var words = line.split(" ", -1);
    var real = units.run(words);
    var own = ours(units, words.clone());
    assertThat(own.out()).as(line).isEqualTo(real.out());
    assertThat(own.err()).as(line).isEqualTo(real.err());
    assertThat(own.status()).as(line).isEqualTo(real.status());
    return own;
  }

  private static Units some(Tree tree) throws IOException {
    return Units.of(tree)
        .unit("web.service", WEB)
        .unit("web.service.d/more.conf", "[Service]", "Nice=0")
        .failing("bad")
        .target("aim", "Wants=web.service bad.service")
        .start();
  }

  @Test
  void statesAreSaidInTheSameWordsAndStatuses(Tree tree) throws IOException {
    var units = some(tree);
    for (int round = 0; round < 2; round++) {
      for (String line :
          List.of(
              "is-active web",
              "is-active nosuch",
              "is-active bad web",
              "is-active -q web",
              "is-failed bad",
              "is-failed web nosuch",
              "is-enabled web",
              "is-enabled web nosuch",
              "is-enabled aim.target",
              "cat web aim.target",
              "cat nosuch",
              "show -p ActiveState,SubState,LoadState web nosuch",
              "show -p MainPID --value web",
              "show web",
              "show bad aim.target",
              "show -p Environment -p ExecStart -p Documentation web",
              "list-units --no-legend --plain web.service bad.service",
              "list-units --all aim.target",
              "list-units --failed",
              "list-unit-files --no-legend aim.target",
              "list-dependencies aim.target",
              "list-dependencies --plain --reverse web.service",
              "list-jobs",
              "list-sockets",
              "get-default",
              "status nosuch")) {
        compare(units, "systemctl --user --no-pager " + line);
      }
      units.systemctl("start", "web").expect(0);
      units.systemctl("start", "bad").expect(1);
    }
  }

  @Test
  void requestsFailInTheSameWords(Tree tree) throws IOException {
    var units = some(tree);
    for (String line :
        List.of(
            "start nosuch",
            "stop nosuch",
            "start bad",
            "start web bad",
            "reload web",
            "isolate web",
            "help",
            "help bad",
            "help bad nosuch",
            "set-property web",
            "set-property web Nice=3",
            "set-property web RuntimeMaxSec=5",
            "set-property web Nonsense=3",
            "set-property web Nonsense",
            "set-property nosuch CPUWeight=20",
            "set-property web CPUWeight=20",
            "kill --signal=NOSUCH web",
            "cancel 77",
            "reset-failed nosuch",
            "reset-failed",
            "set-environment 1=2",
            "import-environment NOSUCH",
            "frobnicate",
            "--frob",
            "start")) {
      compare(units, "systemctl --user --no-pager " + line);
    }
  }

  @Test
  void aDescriptionIsSetAndJobsAreListedForPrograms(Tree tree) throws IOException {
    var units = some(tree).unit("slow.service", "[Service]", "Type=oneshot", "ExecStart=sleep 9");
    ours(units, "systemctl", "--user", "set-property", "web", "Description=a % b").expect(0);
    assertThat(units.property("web.service", "Description")).isEqualTo("a % b");
    assertThat(ours(units, "systemctl", "--user", "help", "web").expect(0).out())
        .isEqualTo("man:web(1)\n");
    units.systemctl("start", "--no-block", "slow").expect(0);
    var job =
        "\\[\\{\"job\":\"[0-9]+\",\"unit\":\"slow.service\","
            + "\"type\":\"start\",\"state\":\"running\"\\}\\]\n";
    Await.answer(
        "the job alone, without those of the daemon's start",
        () -> ours(units, "systemctl", "--user", "list-jobs", "-o", "json").expect(0).out(),
        now -> now.matches(job));
    units.systemctl("stop", "slow").expect(0);
    assertThat(ours(units, "systemctl", "--user", "list-jobs", "-o", "json").expect(0).out())
        .isEqualTo("[]\n");
  }

  @Test
  void unitsAreEnabledAndStarted(Tree tree) throws IOException {
    var units = some(tree);
    var link = units.directory().resolve("default.target.wants/web.service");
    assertThat(ours(units, "systemctl", "--user", "enable", "--now", "web").expect(0).err())
        .startsWith("Created symlink " + link + " ");
    units.expectStates("active/running", "web.service");
    assertThat(link).isSymbolicLink();
    int pid = units.pid("web.service");
    ours(units, "systemctl", "--user", "restart", "web").expect(0);
    assertThat(units.pid("web.service")).isNotEqualTo(pid);
    assertThat(ours(units, "systemctl", "--user", "status", "web").expect(0).out())
        .contains(" web.service - The web\n     Loaded: loaded (" + units.directory())
        .contains("     Active: active (running) since ", "   Main PID: ", " (sleep)\n");
    ours(units, "systemctl", "--user", "disable", "--now", "web").expect(0);
    units.expectStates("inactive/dead", "web.service");
    assertThat(link).doesNotExist();
    ours(units, "systemctl", "--user", "mask", "nosuch.service").expect(0);
    compare(units, "systemctl --user is-enabled nosuch");
    assertThat(ours(units, "systemctl", "restart", "web").expect(1).err())
        .startsWith("There is no system manager here");
  }

  /** As niri-session and uwsm do it. */
  @Test
  void aSessionWaitsForItsUnit(Tree tree) throws IOException {
    var units = some(tree).oneshot("once").service("shot", "ExecStart=sh -c 'exit 3'");
    ours(units, "systemctl", "--user", "set-environment", "DESK=one two").expect(0);
    compare(units, "systemctl --user show-environment");
    var run = List.of("env", "SEAT=x", names() + "/systemctl", "--user", "import-environment");
    var words = new ArrayList<>(run);
    words.add("SEAT");
    units.run(words.toArray(String[]::new)).expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).contains("SEAT=x\n", "DESK=one two\n");
    ours(units, "systemctl", "--user", "start", "--wait", "once.service").expect(0);
    assertThat(units.traced()).containsExactly("once");
    ours(units, "systemctl", "--user", "start", "--wait", "shot.service").expect(1);
    ours(units, "systemctl", "--user", "unset-environment", "DESK").expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).doesNotContain("DESK=");
  }

  @Test
  void commandsRunAsUnits(Tree tree) throws IOException {
    var units = some(tree);
    ours(units, "systemd-run", "--user", "--unit=run-web", "-p", "Nice=0", "sleep", "1000")
        .expect(0);
    units.expectStates("active/running", "run-web.service");
    assertThat(
            ours(units, "systemd-run", "--user", "--wait", "-q", "-E", "A=b", "sh", "-c", "exit 3")
                .status())
        .isEqualTo(3);
    var scope =
        ours(
                units,
                "systemd-run",
                "--user",
                "--scope",
                "--unit=mine",
                "-E",
                "A=b c",
                "sh",
                "-c",
                "systemctl --user is-active mine.scope; echo $A; exit 4")
            .expect(4);
    assertThat(scope.out()).isEqualTo("active\nb c\n");
    assertThat(scope.err()).isEqualTo("Running scope as unit: mine.scope\n");
    assertThat(ours(units, "systemd-run", "--user", "--pty", "sh").expect(1).err())
        .isEqualTo("usersvc cannot do --pty.\n");
    assertThat(ours(units, "systemd-run", "--user", "-p", "Nosuch=1", "sh").expect(1).err())
        .isEqualTo("Unknown assignment: Nosuch=1\n");
  }

  @Test
  void namesAreEscapedAlike(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    for (String words :
        List.of(
            "a/b c",
            "-p /a//b/",
            "-p /",
            "-u a-b\\x20c",
            "-up a-b",
            "--suffix=mount -p /a/b",
            "--template=x@.service a/b",
            "-u --template=x@.service x@a-b.service",
            "-m a.service",
            "-m /dev/x",
            "-m a@b",
            "-m foo",
            "--suffix=nosuch a",
            "-p ../a",
            "-p a/b",
            "-u \\x2",
            "a b c",
            ".a")) {
      compare(units, "systemd-escape " + words);
    }
  }

  @Test
  void servicesNotify(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "tell",
                "Type=notify",
                "NotifyAccess=all",
                "ExecStart=sh -c '"
                    + names()
                    + "/systemd-notify --ready --status=fine; sleep 1000'")
            .start();
    units.systemctl("start", "tell").expect(0);
    assertThat(units.property("tell.service", "StatusText")).isEqualTo("fine");
    assertThat(ours(units, "systemd-notify", "--ready").expect(1).err())
        .isEqualTo(units.run("systemd-notify", "--ready").err());
    assertThat(ours(units, "systemd-cat", "-t", "x", "echo", "said").expect(0).out())
        .isEqualTo("said\n");
  }

  @Test
  void autostartIsConditional(Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    String own = names().resolve("systemd-xdg-autostart-condition").toString();
    String real = "/usr/lib/systemd/systemd-xdg-autostart-condition";
    if (!Files.exists(Path.of(real))) {
      real = "/lib/systemd/systemd-xdg-autostart-condition";
    }
    for (String sets :
        List.of(",", "GNOME,", "KDE:GNOME,", ",GNOME", ",KDE", "KDE,", "KDE,GNOME")) {
      for (String current : List.of("", "GNOME", "a:GNOME", "KDE:GNOME")) {
        var both = sets.split(",", -1);
        var variable = Map.of("XDG_CURRENT_DESKTOP", current);
        assertThat(desktop.run(variable, own, both[0], both[1]).status())
            .as(sets + " in " + current)
            .isEqualTo(desktop.run(variable, real, both[0], both[1]).status());
      }
    }
  }

  @Test
  void servicesFindThemWhereTheRealOnesAreAbsent(Tree tree) throws IOException {
    var few = Files.createDirectory(tree.root().resolve("few"));
    Files.createSymbolicLink(few.resolve("readlink"), Path.of(Programs.system("readlink")));
    tree.launch().with("PATH", few.toString()).start();
    assertThat(tree.usersvc("env").expect(0).out())
        .containsPattern("(?m)^PATH=" + few + ":.*/lib/usersvc/bin$");
  }

  @Test
  void unitsAreEdited(Tree tree) throws IOException {
    var units = some(tree);
    var words = List.of("env", "EDITOR=cp " + units.directory() + "/aim.target");
    var edit = new ArrayList<>(words);
    edit.addAll(List.of(names() + "/systemctl", "--user", "edit", "bad"));
    units.run(edit.toArray(String[]::new)).expect(0);
    assertThat(compare(units, "systemctl --user --no-pager cat bad").out())
        .endsWith("bad.service.d/override.conf\n[Unit]\nWants=web.service bad.service\n");
    assertThat(ours(units, "systemctl", "--user", "edit", "nosuch").expect(1).err())
        .startsWith("No files found for nosuch.service.\n");
  }

  /** The log is that of the service. */
  @Test
  void journalctlShowsLogs(Tree tree) throws IOException {
    var units = Units.of(tree).service("say", "Type=oneshot", "ExecStart=echo said").start();
    units.systemctl("start", "say").expect(0);
    Await.until(
        "the line",
        () -> ours(units, "journalctl", "--user", "-n", "5", "-u", "say").out().endsWith("said\n"));
    assertThat(ours(units, "journalctl", "-n", "5").expect(1).err())
        .isEqualTo("journalctl: there is no journal of the system here; use --user\n");
    assertThat(ours(units, "journalctl", "--user", "-k").expect(1).err())
        .isEqualTo("journalctl: usersvc cannot do -k; see usersvc log --help\n");
    assertThat(ours(units, "systemctl", "--user", "status", "say").expect(3).out())
        .endsWith(" say: said\n");
  }

  @Test
  void journalctlChoosesLines(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("say", "Type=oneshot", "ExecStart=printf '%%s\\n' One two three four five")
            .start();
    units.systemctl("start", "say").expect(0);
    Await.until("the lines", () -> said(units, "-n", "1").equals("five\n"));
    assertThat(said(units, "-r", "-n", "2")).isEqualTo("five\nfour\n");
    assertThat(said(units, "-g", "^.*o[nu]")).isEqualTo("One\nfour\n");
    assertThat(said(units, "--grep=O", "-n", "1")).isEqualTo("One\n");
    assertThat(said(units, "--until", "2020-01-01")).isEmpty();
    assertThat(said(units, "--until=tomorrow", "-n1")).isEqualTo("five\n");
  }

  private static String said(Units units, String... words) throws IOException {
    var line = new ArrayList<>(List.of("journalctl", "--user", "-u", "say", "-o", "cat"));
    line.addAll(List.of(words));
    return ours(units, line.toArray(String[]::new)).out();
  }

  @Test
  void withoutADaemonNothingIsDone(Tree tree) throws IOException {
    var ran = ours(Units.of(tree), "systemctl", "--user", "is-active", "web").expect(1);
    assertThat(ran.err()).isEqualTo("systemctl: usersvcd does not run; start it\n");
  }
}
