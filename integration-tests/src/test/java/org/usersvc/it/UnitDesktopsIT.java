package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole traffic of a login and a logout of GNOME 51 and of Plasma 6, on units that depend on
 * each other as theirs do.
 */
@ExtendWith(TreeExtension.class)
final class UnitDesktopsIT {
  private static final String PATH = "/org/freedesktop/systemd1";
  private static final String MANAGER = Units.NAME + ".Manager";

  private static Ran call(Units units, String member, String... arguments) throws IOException {
    var words = new ArrayList<>(List.of("call", "--", Units.NAME, PATH, MANAGER, member));
    words.addAll(Arrays.asList(arguments));
    return units.bus().busctl(words.toArray(String[]::new));
  }

  private static Running monitor(Units units) throws IOException {
    var monitor = units.begin("gdbus", "monitor", "--session", "--dest=" + Units.NAME);
    monitor.awaitOutput("The name " + Units.NAME + " is owned by");
    return monitor;
  }

  private static String all(Units units, String unit) throws IOException {
    return units
        .bus()
        .gdbus(
            "call",
            "--dest=" + Units.NAME,
            "--object-path=" + PATH + "/unit/" + unit,
            "--method=org.freedesktop.DBus.Properties.GetAll",
            Units.NAME + ".Unit")
        .expect(0)
        .out();
  }

  private static final String[] INNER = {
    "DefaultDependencies=no",
    "RefuseManualStart=yes",
    "RefuseManualStop=yes",
    "OnFailure=gs-shutdown.target",
    "OnFailureJobMode=replace-irreversibly"
  };

  private static String[] inner(String... lines) {
    var all = new ArrayList<>(List.of(INNER));
    all.addAll(Arrays.asList(lines));
    return all.toArray(String[]::new);
  }

  private static Units gnome(Tree tree) throws IOException {
    return services(endOf(leaders(Units.of(tree))));
  }

  /** What gnome-session starts, from the outside to the inside. */
  private static Units leaders(Units units) throws IOException {
    return units
        .target(
            "gs@",
            "DefaultDependencies=no",
            "RefuseManualStop=yes",
            "OnFailure=gs-shutdown.target",
            "OnFailureJobMode=replace-irreversibly",
            "Conflicts=shutdown.target gs-shutdown.target",
            "PartOf=graphical-session.target gs.target",
            "Requires=gs-initialized.target gs.target gs-manager@.service",
            "After=gs-initialized.target")
        .unit(
            "gs@gnome.target.d/shell.conf",
            "[Unit]",
            "Requires=gs-services.target shell@user.service")
        .target(
            "gs",
            inner(
                "BindsTo=graphical-session.target gs-monitor.service",
                "Before=graphical-session.target",
                "After=gs-monitor.service"))
        .target(
            "gs-pre",
            inner(
                "Requires=graphical-session-pre.target",
                "After=graphical-session-pre.target",
                "Requisite=gs-initialized.target",
                "PartOf=gs-initialized.target",
                "Before=gs-initialized.target"))
        .target(
            "gs-initialized",
            inner(
                "Requires=gs-pre.target signal-init.service",
                "After=gs-pre.target",
                "Requisite=gs.target",
                "PartOf=gs.target",
                "Before=gs.target signal-init.service"));
  }

  private static Units services(Units units) throws IOException {
    return units
        .target(
            "gs-manager",
            inner(
                "Requisite=gs-pre.target gs-initialized.target",
                "After=gs-pre.target",
                "PartOf=gs-initialized.target",
                "Before=gs-initialized.target"))
        .steady(
            "gs-manager@",
            "Requisite=gs-pre.target",
            "After=gs-pre.target",
            "Requires=gs-manager.target",
            "PartOf=gs-manager.target",
            "Before=gs-manager.target")
        .target(
            "gs-services",
            inner(
                "Requisite=gs-initialized.target gs.target",
                "After=gs-initialized.target",
                "PartOf=gs-initialized.target gs.target",
                "Before=gs.target",
                "Wants=settings.target nosuch.service indexer.service"))
        .target("settings", inner("Wants=settings.service", "BindsTo=settings.service"))
        .steady("settings", "PartOf=gs-services.target", "After=gs-initialized.target")
        .steady("gs-monitor", "PartOf=gs-pre.target", "Before=gs-pre.target")
        .oneshot("signal-init", "PartOf=gs.target")
        .steady(
            "shell@",
            "After=gs-manager.target",
            "Requisite=gs-initialized.target",
            "PartOf=gs-initialized.target",
            "Before=gs-initialized.target",
            "AssertEnvironment=XDG_SESSION_TYPE=wayland");
  }

  private static Units endOf(Units units) throws IOException {
    return units
        .target(
            "gs-shutdown",
            "DefaultDependencies=no",
            "Conflicts=graphical-session.target graphical-session-pre.target gs.target",
            "After=graphical-session.target graphical-session-pre.target gs.target",
            "Conflicts=gs-manager.target gs-pre.target gs-initialized.target",
            "After=gs-manager.target gs-pre.target gs-initialized.target",
            "StopWhenUnneeded=true",
            "Wants=restart-dbus.service",
            "Before=restart-dbus.service")
        .oneshot("restart-dbus", "DefaultDependencies=no")
        .service("indexer", "BusName=org.example.Indexer", "Type=simple", Units.STEADY)
        .service("files", Units.STEADY)
        .name("org.example.Files", "files.service")
        .name("org.example.NoSuch", "nosuch.service");
  }

  private static Ran startByName(Units units, String name) throws IOException {
    return units.bus().itself("StartServiceByName", name, "0");
  }

  @Test
  void gnome51LogsInAndOut(Tree tree) throws IOException {
    var units = gnome(tree).startOnActivatingBus();
    var monitor = monitor(units);
    units.begin(
        "dbus-send", "--session", "--dest=org.example.Files", "/", "org.example.Files.Open");
    units.awaitState("files.service", "active/running");
    call(units, "UnsetAndSetEnvironment", "asas", "1", "A", "1", "XDG_SESSION_TYPE=wayland")
        .expect(0);
    call(units, "GetUnit", "s", "graphical-session.target"); // it may not be loaded yet
    assertThat(all(units, "graphical_2dsession_2etarget")).contains("'ActiveState': <'inactive'>");
    call(units, "ResetFailed").expect(0);
    call(units, "StartUnit", "ss", "gs@gnome.target", "fail").expect(0);
    call(units, "SetEnvironment", "as", "1", "WAYLAND_DISPLAY=wayland-0").expect(0);
    assertThat(startByName(units, "org.example.NoSuch").expect(1).err()).contains("NoSuchUnit");
    call(units, "StopUnit", "ss", "orca.service", "replace").expect(1);
    call(units, "DisableUnitFilesWithFlags", "ast", "1", "orca.service", "1"); // it has none
    call(units, "Subscribe").expect(0);
    monitor.awaitOutput("Manager\\.JobRemoved \\(.*'graphical-session\\.target', 'done'\\)");
    units.awaitState("gs@gnome.target", "active/active");
    units.expectStates("active/active", "gs.target", "gs-services.target");
    units.expectStates("active/running", "shell@user.service", "gs-manager@gnome.service");
    units.awaitState("indexer.service", "active/running");

    call(units, "StartUnit", "ss", "gs-shutdown.target", "replace-irreversibly").expect(0);
    call(units, "StartUnit", "ss", "gs-shutdown.target", "replace-irreversibly").expect(0);
    call(units, "GetUnit", "s", "graphical-session-pre.target"); // it may have gone by now
    monitor.awaitOutput(
        "graphical_2dsession_2dpre_2etarget: .*PropertiesChanged"
            + " \\('org\\.freedesktop\\.systemd1\\.Unit', .*'ActiveState': <'inactive'>");
    call(units, "StopUnit", "ss", "dbus.service", "fail").expect(0);
    for (var unit : List.of("gs@gnome.target", "graphical-session.target", "shell@user.service")) {
      units.awaitState(unit, "inactive/dead");
    }
    units.awaitState("indexer.service", "inactive/dead");
    units.awaitState("settings.service", "inactive/dead");
  }

  private static Units plasma(Tree tree) throws IOException {
    return Units.of(tree)
        .target(
            "pw-wayland", "Requires=plasma-workspace.target kwin.service", "BindsTo=kwin.service")
        .target(
            "plasma-workspace",
            "Requires=pw-core.target graphical-session.target",
            "BindsTo=graphical-session.target",
            "Wants=nosuch.service sound.service xdg-desktop-autostart.target",
            "Before=graphical-session.target xdg-desktop-autostart.target sound.service",
            "RefuseManualStart=yes",
            "StopWhenUnneeded=true")
        .target(
            "pw-core",
            "Wants=init1.service init.service graphical-session-pre.target manager.service",
            "After=graphical-session-pre.target kwin.service",
            "RefuseManualStart=yes",
            "StopWhenUnneeded=true")
        .steady("kwin", "PartOf=graphical-session.target")
        .steady("manager", "PartOf=graphical-session.target", "After=kwin.service init.service")
        .unit(
            "init.service",
            "[Unit]",
            "PartOf=graphical-session.target",
            "After=kwin.service",
            "[Service]",
            "Type=forking",
            "ExecStart=sh -c 'sleep 1000 & exit 0'")
        .oneshot(
            "init1",
            "Requires=init.service",
            "After=init.service",
            "PartOf=graphical-session.target")
        .oneshot("sound", "PartOf=graphical-session.target")
        .oneshot("splash", "PartOf=graphical-session.target", "After=kwin.service");
  }

  private static void expectStatic(Units units, String unit) throws IOException {
    String[] words = {"asas", "4", "enabled", "static", "linked", "linked-runtime", "1", unit};
    assertThat(call(units, "ListUnitFilesByPatterns", words).expect(0).out())
        .contains("/" + unit + "\" \"static\"");
  }

  @Test
  void plasma6LogsInAndOut(Tree tree) throws IOException {
    var units = plasma(tree).startOnActivatingBus();
    var monitor = monitor(units);
    for (var unit : List.of("plasma-workspace.target", "xdg-desktop-autostart.target")) {
      expectStatic(units, unit);
    }
    var before =
        units.bus().busctl("get-property", Units.NAME, PATH, MANAGER, "Environment").expect(0);
    assertThat(before.out()).startsWith("as ");
    call(units, "UnsetEnvironment", "as", "2", "NOSUCH", "LC_ALL").expect(0);
    for (int i = 0; i < 10; i++) {
      call(units, "SetEnvironment", "as", "1", "KDE_" + i + "=" + i).expect(0);
    }
    call(units, "ResetFailed").expect(0);
    call(units, "Reload").expect(0);
    call(units, "StartUnit", "ss", "pw-wayland.target", "fail").expect(0);
    call(units, "StartUnit", "ss", "splash.service", "fail").expect(0);
    monitor.awaitOutput("Manager\\.JobRemoved \\(.*'graphical-session\\.target', 'done'\\)");
    units.expectStates(
        "active/active", "pw-wayland.target", "plasma-workspace.target", "pw-core.target");
    units.expectStates("active/running", "kwin.service", "init.service", "manager.service");

    call(units, "GetUnit", "s", "plasma-workspace.target").expect(0);
    call(units, "StopUnit", "ss", "graphical-session.target", "fail").expect(0);
    call(units, "StopUnit", "ss", "plasma-workspace.target", "fail").expect(0);
    var keys = List.of("asas", "3", "KDE_0", "KDE_1", "KDE_2", "1", "A=1");
    call(units, "UnsetAndSetEnvironment", keys.toArray(String[]::new)).expect(0);
    for (var unit : List.of("plasma-workspace.target", "graphical-session.target")) {
      units.awaitState(unit, "inactive/dead");
    }
    for (var unit : List.of("pw-core.target", "pw-wayland.target", "kwin.service")) {
      units.awaitState(unit, "inactive/dead");
    }
    units.awaitState("init.service", "inactive/dead");
    assertThat(units.systemctl("show-environment").expect(0).out())
        .contains("A=1\n", "KDE_9=9\n")
        .doesNotContain("KDE_0=");
  }
}
