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

/**
 * Desktops as people have them: each service is restarted as often as its own display or bus is
 * another, and no more. What was counted is printed as a table.
 */
@ExtendWith(TreeExtension.class)
final class DesktopsIT {
  private static final String REGISTER = "exec usersvc session register";
  private static final String NO_X = "xwayland disable";

  private static Desktop begin(Tree tree) throws IOException {
    var desktop = Desktop.of(tree);
    desktop.start().ask("rescan").expect(0);
    return desktop;
  }

  /** A later change of the environment has its effect: no earlier one is still to come. */
  private static void settle(Desktop desktop, Needy last) throws IOException {
    desktop.usersvc("env", "set", "LAST=1").expect(0);
    last.awaitUp();
    desktop.usersvc("env", "unset", "LAST").expect(0);
    last.awaitWaiting();
  }

  private static String value(Desktop desktop, String name) throws IOException {
    return desktop
        .usersvc("env")
        .expect(0)
        .out()
        .lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static void awaitValue(Desktop desktop, String name, String wanted) throws IOException {
    Await.answer(name + "=" + wanted, () -> value(desktop, name), wanted::equals);
  }

  private static void awaitSessions(Desktop desktop, int count) throws IOException {
    Await.answer(
        count + " sessions",
        () -> desktop.usersvc("session", "list").out().lines().count(),
        lines -> lines == (count == 0 ? 0 : count + 1));
  }

  @Test
  void aCompositorInAWindowTakesNothingFromTheOuterOne(Tree tree) throws IOException {
    var foot = Needy.service(tree, "foot", "WAYLAND_DISPLAY", "foot --server");
    var sock = Needy.service(tree, "sock", "SWAYSOCK");
    var last = Needy.service(tree, "last", "LAST");
    var desktop = begin(tree);
    var outer = Sway.start(desktop, NO_X, REGISTER);
    foot.awaitStart(1);
    var inside = Map.of("WAYLAND_DISPLAY", outer.display(), "WLR_BACKENDS", "wayland");
    var inner = Sway.start(desktop, inside, NO_X, REGISTER);
    awaitSessions(desktop, 2);
    settle(desktop, last);
    inner.exit();
    awaitSessions(desktop, 1);
    settle(desktop, last);
    foot.row("sway in sway", 1);
    sock.row("sway in sway", 1);
    assertThat(value(desktop, "SWAYSOCK")).isEqualTo(outer.control().toString());
  }

  @Test
  void aBusThatIsRestartedTakesNothingButItself(Tree tree) throws IOException {
    var foot = Needy.service(tree, "foot", "WAYLAND_DISPLAY", "foot --server");
    var user = Needy.service(tree, "user", "DBUS_SESSION_BUS_ADDRESS");
    var last = Needy.service(tree, "last", "LAST");
    var desktop = begin(tree);
    var bus = Bus.usual(desktop).awaitManager();
    Sway.start(desktop, bus.variable(), NO_X, REGISTER);
    foot.awaitStart(1);
    user.awaitStart(1);
    for (int round = 1; round <= 5; round++) {
      bus.kill();
      bus = Bus.usual(desktop).awaitManager();
      awaitValue(desktop, "DBUS_SESSION_BUS_ADDRESS", bus.address());
      user.awaitStart(1 + round);
      settle(desktop, last);
    }
    foot.row("a bus restarted 5 times", 1);
    user.row("a bus restarted 5 times", 6);
  }

  @Test
  void aCompositorThatIsAServiceIsNeverGivenItsOwnDeadDisplay(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "WAYLAND_DISPLAY");
    var sway = tree.service("sway");
    sway.file("c", NO_X + "\n" + REGISTER + "\n");
    sway.run(
        "echo \"WAYLAND_DISPLAY=$WAYLAND_DISPLAY SWAYSOCK=$SWAYSOCK\" >> seen",
        "export WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman WLR_BACKENDS=headless",
        "export PATH=" + Path.of(Programs.imageForAnybody("usersvc")).getParent() + ":$PATH",
        "exec sway -c c");
    var desktop = begin(tree);
    for (int kill = 0; kill <= 20; kill++) {
      needy.awaitStart(kill + 1);
      int pid = sway.awaitUp();
      desktop.tree().awaitFullSecond("sway");
      if (kill < 20) {
        Ran.of("kill", "-KILL", "" + pid).expect(0);
        sway.awaitUpAfter(pid);
      }
    }
    needy.row("sway, a service, killed 20 times", 21);
    assertThat(sway.read("seen").lines())
        .hasSize(21)
        .allMatch("WAYLAND_DISPLAY= SWAYSOCK="::equals);
  }

  @Test
  void anXSessionEndsWithWhatBeganItThoughTheServerStays(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "DISPLAY");
    var last = Needy.service(tree, "last", "LAST");
    var desktop = begin(tree);
    var server = XServer.start(desktop);
    var script = desktop.file("xsession", "#!/bin/sh\nusersvc session register\nexec sleep 1000\n");
    for (int login = 1; login <= 2; login++) {
      var session = desktop.start(Map.of("DISPLAY", server.display()), "sh", script.toString());
      needy.awaitStart(login);
      assertThat(needy.given()).isEqualTo(server.display());
      session.kill();
      needy.awaitWaiting();
      awaitSessions(desktop, 0);
    }
    settle(desktop, last);
    needy.row("two X sessions of one server in turn", 2);
  }

  @Test
  void startxBeginsASessionThatEndsWithItsXinitrc(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "DISPLAY");
    var script = tree.root().resolve(".xinitrc");
    Executables.write(script, "#!/bin/sh\nusersvc session register\nexec sleep 4243\n");
    Ran.of("chmod", "755", script.toString()).expect(0);
    var desktop = begin(tree);
    String display = ":4302"; // nobody else has it: Xvfb that looks for a free one begins at 0
    var home = Map.of("HOME", tree.root().toString());
    var server =
        new String[] {"startx", "--", Programs.system("Xvfb"), display, "-nolisten", "tcp"};
    for (int login = 1; login <= 2; login++) {
      var startx = desktop.start(home, server);
      needy.awaitStart(login);
      assertThat(needy.given()).isEqualTo(display);
      var clients =
          Await.answer(
              "the client", () -> Proc.withCommandLine("sleep 4243"), all -> !all.isEmpty());
      Ran.of("kill", "" + clients.getFirst()).expect(0);
      needy.awaitWaiting();
      awaitSessions(desktop, 0);
      startx.awaitEnd();
    }
    needy.row("startx, twice", 2);
  }

  @Test
  void anXServerInAWaylandDesktopIsASessionOfItsOwn(Tree tree) throws IOException {
    var foot = Needy.service(tree, "foot", "WAYLAND_DISPLAY", "foot --server");
    var xclient = Needy.service(tree, "xclient", "DISPLAY");
    var last = Needy.service(tree, "last", "LAST");
    var desktop = begin(tree);
    var sway = Sway.start(desktop, NO_X, REGISTER);
    foot.awaitStart(1);
    var server = XServer.start(desktop);
    var both = Map.of("WAYLAND_DISPLAY", sway.display(), "DISPLAY", server.display());
    desktop.run(both, "usersvc", "session", "register").expect(0);
    xclient.awaitStart(1);
    assertThat(desktop.usersvc("session", "list").expect(0).out())
        .containsPattern("x11 +Xvfb\\(" + server.pid() + "\\)");
    server.kill();
    xclient.awaitWaiting();
    settle(desktop, last);
    foot.row("an X server in a Wayland desktop", 1);
    xclient.row("an X server in a Wayland desktop", 1);
  }

  @Test
  void westonLeadsItsSessionAsAnyCompositorDoes(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "WAYLAND_DISPLAY");
    var desktop = begin(tree);
    for (int starts = 1; starts <= 2; starts++) {
      var weston = desktop.start("weston", "--backend=headless-backend.so", "--socket=wl-w");
      var socket = tree.runtime() + "/wl-w";
      Await.until("its socket", () -> !Proc.listensOn(weston.pid(), socket).isEmpty());
      var said =
          desktop
              .run(Map.of("WAYLAND_DISPLAY", "wl-w"), "usersvc", "session", "register")
              .expect(0);
      assertThat(said.out()).contains("(weston, pid " + weston.pid() + ")");
      needy.awaitStart(starts);
      weston.kill();
      needy.awaitWaiting();
    }
    needy.row("weston, killed twice", 2);
  }

  @Test
  void aJobOfCronReachesTheDaemonAndBringsNothing(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "WAYLAND_DISPLAY");
    var desktop = begin(tree);
    var sway = Sway.start(desktop, NO_X, REGISTER);
    needy.awaitStart(1);
    var said = desktop.run("sh", "-c", "eval \"$(usersvc env --sh)\"; echo $WAYLAND_DISPLAY");
    assertThat(said.expect(0).out().strip()).isEqualTo(sway.display());
    awaitSessions(desktop, 1);
    needy.row("a job of cron beside a desktop", 1);
  }

  @Test
  void unsettingInOneDesktopLeavesTheOtherItsOwn(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "WAYLAND_DISPLAY");
    var last = Needy.service(tree, "last", "LAST");
    var desktop = begin(tree);
    var first = Sway.start(desktop, NO_X, REGISTER);
    needy.awaitStart(1);
    var second = Sway.start(desktop, NO_X, REGISTER);
    needy.awaitStart(2);
    desktop
        .run(
            Map.of("WAYLAND_DISPLAY", second.display()),
            "systemctl",
            "--user",
            "unset-environment",
            "WAYLAND_DISPLAY",
            "SWAYSOCK")
        .expect(0);
    needy.awaitStart(3);
    assertThat(needy.given()).isEqualTo(first.display());
    second.exit();
    settle(desktop, last);
    needy.row("two desktops, the second unset and ended", 3);
  }

  @Test
  void sshWithADisplayMovesNothingFromTheDesktop(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "DISPLAY");
    var last = Needy.service(tree, "last", "LAST");
    var desktop = begin(tree);
    var local = XServer.start(desktop);
    desktop.run(Map.of("DISPLAY", local.display()), "usersvc", "session", "register").expect(0);
    needy.awaitStart(1);
    var away = XServer.start(desktop); // where the user sits that comes by ssh
    var login = Ssh.login(desktop, away, "usersvc session register; usersvc session list; cat");
    login.awaitOutput("x11 ");
    awaitSessions(desktop, 2);
    settle(desktop, last);
    assertThat(value(desktop, "DISPLAY")).isEqualTo(local.display());
    local.kill();
    needy.awaitStart(2);
    assertThat(needy.given()).startsWith("localhost:");
    login.kill();
    needy.awaitWaiting();
    settle(desktop, last);
    needy.row("ssh -X beside a desktop, which ends first", 2);
  }

  @Test
  void aDaemonThatALoginHasStartedForgetsItsDisplay(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "DISPLAY");
    var desktop = Desktop.of(tree);
    var profile =
        desktop.file(
            "profile",
            "usersvcd '" + tree.scan() + "' &\necho daemon $!\nwhile read -r line; do :; done\n");
    var ofSsh =
        Map.of(
            "DISPLAY", "localhost:10.0",
            "SSH_AUTH_SOCK", "/nosuch/agent",
            "SSH_CONNECTION", "10.0.0.1 2 10.0.0.2 22",
            "XDG_SESSION_ID", "7");
    var login = desktop.startAtKeyboard(ofSsh, "sh", profile.toString());
    needy.awaitStart(1);
    login.kill();
    needy.awaitWaiting();
    assertThat(desktop.usersvc("env").expect(0).out())
        .doesNotContain("DISPLAY=", "SSH_", "XDG_SESSION_ID=");
    desktop.usersvc("reexec").expect(0);
    awaitSessions(desktop, 0);
    assertThat(value(desktop, "DISPLAY")).isEmpty();
    long daemon = Long.parseLong(login.awaitOutput("daemon (\\d+)").group(1));
    Ran.of("kill", "" + daemon).expect(0);
    Proc.awaitGone(daemon);
  }

  @Test
  void whatAScriptSetsStaysWhateverCannotBe(Tree tree) throws IOException {
    var desktop = begin(tree);
    Await.until("the socket", () -> Files.exists(tree.runtime().resolve("systemd/private")));
    desktop
        .run("sh", "-c", "systemctl --user set-environment SSH_AUTH_SOCK=/run/agent; true")
        .expect(0);
    awaitValue(desktop, "SSH_AUTH_SOCK", "/run/agent");
    var words = new ArrayList<>(List.of("bash", "-c"));
    words.add("f() { :; }; export -f f; export GOOD=1; usersvc env set GOOD=2 1BAD=x; echo $?");
    var said = desktop.run(words.toArray(String[]::new)).expect(0);
    assertThat(said.out()).isEqualTo("1\n");
    assertThat(said.err()).contains("'1BAD' is no name of a variable", "leaving it out");
    awaitValue(desktop, "GOOD", "2");
    var bus = Bus.usual(desktop).awaitName("org.freedesktop.systemd1");
    var all =
        "f() { :; }; export -f f; export GOOD=3;"
            + " dbus-update-activation-environment --systemd --all";
    desktop.run(bus.variable(), "bash", "-c", all);
    awaitValue(desktop, "GOOD", "3");
  }
}
