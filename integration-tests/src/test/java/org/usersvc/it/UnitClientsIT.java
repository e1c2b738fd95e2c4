package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What programs of desktops ask of org.freedesktop.systemd1, in the order in which they ask it. */
@ExtendWith(TreeExtension.class)
final class UnitClientsIT {
  private static final String PATH = "/org/freedesktop/systemd1";
  private static final String MANAGER = Units.NAME + ".Manager";

  private static Ran call(Units units, String member, String... arguments) throws IOException {
    var words = new ArrayList<>(List.of("call", "--", Units.NAME, PATH, MANAGER, member));
    words.addAll(Arrays.asList(arguments));
    return units.bus().busctl(words.toArray(String[]::new));
  }

  private static Running sleeper(Units units) throws IOException {
    return units.begin("sleep", "1000");
  }

  private static Running monitor(Units units) throws IOException {
    var monitor = units.begin("gdbus", "monitor", "--session", "--dest=" + Units.NAME);
    monitor.awaitOutput("The name " + Units.NAME + " is owned by");
    return monitor;
  }

  @Test
  void flatpakPutsItsApplicationIntoAScope(Tree tree) throws IOException {
    var units = Units.of(tree).startOnBus();
    var program = sleeper(units);
    var ran =
        units
            .bus()
            .gdbus(
                "call",
                "--dest=" + Units.NAME,
                "--object-path=" + PATH,
                "--method=" + MANAGER + ".StartTransientUnit",
                "app-flatpak-org.example.A-1.scope",
                "fail",
                "[('PIDs', <[uint32 " + program.pid() + "]>)]",
                "@a(sa(sv)) []");
    assertThat(ran.expect(0).out()).containsPattern("objectpath '/org/.*/systemd1/job/[0-9]+'");
    units.awaitState("app-flatpak-org.example.A-1.scope", "active/running");
    program.kill();
    units.awaitProperty("app-flatpak-org.example.A-1.scope", "LoadState", "not-found");
  }

  @Test
  void kittyPutsItsWindowIntoAScope(Tree tree) throws IOException {
    var units = Units.of(tree).startOnBus();
    var program = sleeper(units);
    String[] arguments = {
      "ssa(sv)a(sa(sv))",
      "kitty-1-0.scope",
      "fail",
      "6",
      "Description",
      "s",
      "kitty child process",
      "SendSIGHUP",
      "b",
      "true",
      "CollectMode",
      "s",
      "inactive-or-failed",
      "KillMode",
      "s",
      "control-group",
      "Slice",
      "s",
      "app.slice",
      "PIDs",
      "au",
      "1",
      "" + program.pid(),
      "0"
    };
    assertThat(call(units, "StartTransientUnit", arguments).expect(0).out())
        .startsWith("o \"" + PATH + "/job/");
    units.awaitState("kitty-1-0.scope", "active/running");
    assertThat(units.property("kitty-1-0.scope", "Description")).isEqualTo("kitty child process");
    assertThat(call(units, "GetUnitByPID", "u", "" + program.pid()).expect(0).out())
        .isEqualTo("o \"" + PATH + "/unit/kitty_2d1_2d0_2escope\"\n");
    units.systemctl("stop", "kitty-1-0.scope").expect(0);
    program.awaitEnd();
  }

  @Test
  void kioStartsApplicationsAndReadsHowTheyEnded(Tree tree) throws IOException {
    var units = Units.of(tree).startOnBus();
    var arguments =
        ("ssa(sv)a(sa(sv))|app-org.example.B@1.service|fail|8|AddRef|b|true|Type|s|oneshot|Slice|s|"
                + "app.slice|Description|s|An application|KillMode|s|process|Environment|as|1|"
                + "A=1|WorkingDirectory|s|/tmp|ExecStart|a(sasb)|1|/bin/sh|3|/bin/sh|-c|"
                + "test $A = 2|false|0")
            .split("\\|", -1);
    call(units, "Subscribe").expect(0);
    var monitor = monitor(units);
    call(units, "StartTransientUnit", arguments).expect(0);
    monitor.awaitOutput("Manager\\.UnitNew \\('app-org\\.example\\.B@1\\.service'");
    monitor.awaitOutput("Manager\\.JobRemoved \\(.*'app-org\\.example\\.B@1\\.service', 'failed'");
    monitor.awaitOutput("systemd1\\.Service', .*'ExecMainPID': <uint32 [1-9]");
    units.awaitState("app-org.example.B@1.service", "failed/failed");
    var all =
        units
            .bus()
            .gdbus(
                "call",
                "--dest=" + Units.NAME,
                "--object-path=" + PATH + "/unit/app_2dorg_2eexample_2eB_401_2eservice",
                "--method=org.freedesktop.DBus.Properties.GetAll",
                "")
            .expect(0)
            .out();
    assertThat(all)
        .contains("'ExecMainCode': <1>", "'ExecMainStatus': <1>", "'Result': <'exit-code'>")
        .contains("'ActiveState': <'failed'>", "'Id': <'app-org.example.B@1.service'>")
        .containsPattern("'ExecMainPID': <uint32 [1-9]");
  }

  private static Units niri(Tree tree) throws IOException {
    return Units.of(tree)
        .unit(
            "niri.service",
            "[Unit]",
            "BindsTo=graphical-session.target",
            "Before=graphical-session.target",
            "Wants=graphical-session-pre.target",
            "After=graphical-session-pre.target",
            "[Service]",
            "Slice=session.slice",
            "Type=notify",
            "NotifyAccess=all",
            "ExecStart=sh -c 'echo $SEEN >> TRACE; systemd-notify --ready;"
                + " until test -e %h/go; do sleep 0.02; done'")
        .unit(
            "niri-shutdown.target",
            "[Unit]",
            "DefaultDependencies=no",
            "StopWhenUnneeded=true",
            "Conflicts=graphical-session.target graphical-session-pre.target",
            "After=graphical-session.target graphical-session-pre.target")
        .unit(
            "bar.service",
            "[Unit]",
            "PartOf=graphical-session.target",
            "After=graphical-session.target",
            "Requisite=graphical-session.target",
            "[Service]",
            Units.STEADY,
            "ExecStopPost=sh -c 'echo bar ends >> TRACE'")
        .link("graphical-session.target.wants/bar.service", "../bar.service");
  }

  @Test
  void niriSessionRunsToItsEnd(Tree tree) throws IOException {
    var units = niri(tree).startOnBus();
    var session =
        units.begin(
            "sh",
            "-ec",
            """
            export SEEN=yes OTHER=no
            ! systemctl --user -q is-active niri.service
            systemctl --user reset-failed
            systemctl --user import-environment SEEN OTHER
            dbus-update-activation-environment SEEN
            systemctl --user --wait start niri.service
            systemctl --user start --job-mode=replace-irreversibly niri-shutdown.target
            systemctl --user unset-environment SEEN OTHER
            """);
    units.awaitState("bar.service", "active/running");
    units.expectStates("active/active", "graphical-session.target");
    units.go();
    assertThat(session.awaitEnd()).as(session::toString).isZero();
    units.awaitTrace("yes", "bar ends");
    units.expectStates("inactive/dead", "graphical-session.target", "niri.service", "bar.service");
    assertThat(units.systemctl("show-environment").expect(0).out()).doesNotContain("OTHER=");
  }

  /** It has subscribed to nothing, as gnome-session has not. */
  @Test
  void gnomeSessionSeesItsTargetsEnd(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .steady("shell", "PartOf=graphical-session.target")
            .target(
                "session",
                "Wants=shell.service",
                "BindsTo=graphical-session.target",
                "Requires=graphical-session-pre.target",
                "Before=graphical-session.target")
            .target(
                "session-shutdown",
                "DefaultDependencies=no",
                "Conflicts=graphical-session.target graphical-session-pre.target",
                "After=graphical-session.target graphical-session-pre.target")
            .startOnBus();
    call(units, "ResetFailed").expect(0);
    var monitor = monitor(units);
    call(units, "StartUnit", "ss", "session.target", "fail").expect(0);
    monitor.awaitOutput("Manager\\.JobRemoved \\(.*'session\\.target', 'done'\\)");
    monitor.awaitOutput("Manager\\.JobNew \\(.*'session\\.target'\\)");
    units.awaitState("graphical-session.target", "active/active");
    call(units, "StartUnit", "ss", "session-shutdown.target", "replace-irreversibly").expect(0);
    monitor.awaitOutput(
        "graphical_2dsession_2dpre_2etarget: .*PropertiesChanged"
            + " \\('org\\.freedesktop\\.systemd1\\.Unit', .*'ActiveState': <'inactive'>");
    units.awaitState("shell.service", "inactive/dead");
  }

  @Test
  void startplasmaFindsItsUnitFiles(Tree tree) throws IOException {
    var units = Units.of(tree).target("plasma-workspace").startOnBus();
    assertThat(
            call(
                    units,
                    "ListUnitFilesByPatterns",
                    "asas",
                    "4",
                    "enabled",
                    "static",
                    "linked",
                    "linked-runtime",
                    "2",
                    "plasma-workspace.target",
                    "default.target")
                .expect(0)
                .out())
        .contains("/.config/systemd/user/plasma-workspace.target\" \"static\"")
        .contains("/default.target\" \"static\"");
    call(units, "UnsetAndSetEnvironment", "asas", "1", "NOSUCH", "1", "KDE=5").expect(0);
    assertThat(units.systemctl("show-environment").expect(0).out()).contains("KDE=5\n");
  }

  @Test
  void dbusUpdateActivationEnvironmentReachesUnits(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("tell", "Type=oneshot", "ExecStart=sh -c 'echo $WAYLAND_DISPLAY >> TRACE'")
            .startOnBus();
    units
        .run("dbus-update-activation-environment", "--systemd", "WAYLAND_DISPLAY=wayland-7")
        .expect(0);
    units.systemctl("start", "tell").expect(0);
    units.awaitTrace("wayland-7");
  }

  @Test
  void errorsHaveTheirNames(Tree tree) throws IOException {
    var units = Units.of(tree).service("bad", "Type=simple").startOnBus();
    units.link("masked.service", "/dev/null");
    String[][] cases = {
      {"NoSuchUnit", "StartUnit", "ss", "nosuch.service", "replace"},
      {"NoSuchUnit", "GetUnit", "s", "nosuch.service"},
      {"UnitMasked", "StartUnit", "ss", "masked.service", "replace"},
      {"BadUnitSetting", "StartUnit", "ss", "bad.service", "replace"},
      {"NoSuchJob", "GetJob", "u", "4000000"},
    };
    for (var it : cases) {
      var words = new ArrayList<>(List.of("dbus-send", "--session", "--print-reply"));
      words.addAll(List.of("--dest=" + Units.NAME, PATH, MANAGER + "." + it[1]));
      for (int i = 3; i < it.length; i++) {
        words.add((it[2].equals("u") ? "uint32:" : "string:") + it[i]);
      }
      var ran = units.run(words.toArray(String[]::new)).expect(1);
      assertThat(ran.err()).as(words.toString()).startsWith("Error " + Units.NAME + "." + it[0]);
    }
  }

  @Test
  void isEnabledSaysOfUnitsWhatSystemctlSays(Tree tree) throws IOException {
    var units = Units.of(tree).steady("fixed").link("shut.service", "/dev/null");
    String[] wanted = {"[Service]", Units.STEADY, "[Install]", "WantedBy=default.target"};
    units.unit("on.service", wanted).unit("off.service", wanted);
    var far = Files.createDirectory(tree.root().resolve("far")).resolve("linked.service");
    Files.writeString(far, String.join("\n", wanted) + "\n");
    units.start();
    units.systemctl("enable", "on").expect(0);
    units.systemctl("link", far.toString()).expect(0);
    units.run("systemd-run", "--user", "--unit=job", "sleep", "1000").expect(0);
    var words = new ArrayList<String>();
    for (var name : List.of("on", "off", "fixed", "shut", "linked", "job")) {
      var ours = tree.usersvc("is-enabled", name);
      var theirs = units.systemctl("is-enabled", name);
      assertThat(List.of(ours.out(), ours.status(), ours.err()))
          .as(name)
          .isEqualTo(List.of(theirs.out(), theirs.status(), theirs.err()));
      words.add(ours.out().strip());
    }
    assertThat(words)
        .containsExactly("enabled", "disabled", "static", "masked", "linked", "transient");
  }

  @Test
  void aListLeavesOutWhatPackagesBringAndNobodyHasAskedFor(Tree tree) throws IOException {
    var units = tree.root().resolve("vendor");
    var vendor = Files.createDirectories(units.resolve("sockets.target.wants"));
    for (var name : List.of("pulled", "chosen", "byhand")) {
      Files.writeString(
          units.resolve(name + ".socket"),
          "[Socket]\nListenStream=%t/" + name + "\n[Install]\nWantedBy=sockets.target\n");
      Files.writeString(units.resolve(name + ".service"), "[Service]\n" + Units.STEADY + "\n");
    }
    Files.createSymbolicLink(vendor.resolve("pulled.socket"), units.resolve("pulled.socket"));
    tree.launch()
        .with("SYSTEMD_UNIT_PATH", units + ":" + tree.root() + "/.config/systemd/user:")
        .start();
    tree.usersvc("enable", "chosen.socket").expect(0);
    tree.run("systemctl", "--user", "start", "sockets.target", "byhand.socket").expect(0);
    tree.usersvc("status", "pulled.service", "byhand.service").expect(0);
    assertThat(listed(tree)).containsExactly("byhand.socket", "chosen.socket");
    assertThat(listed(tree, "--all"))
        .contains("byhand.service", "byhand.socket", "chosen.socket", "pulled.socket");
    tree.usersvc("up", "pulled.service").expect(0);
    assertThat(listed(tree)).contains("pulled.service").doesNotContain("pulled.socket");
  }

  private static List<String> listed(Tree tree, String... options) throws IOException {
    var words = new ArrayList<>(List.of("list"));
    words.addAll(List.of(options));
    var lines = tree.usersvc(words.toArray(String[]::new)).expect(0).out().lines().skip(1);
    return lines.map(line -> line.replaceFirst(" .*", "")).toList();
  }
}
