package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real programs that wait for a real compositor, run with it, and stop when it is gone. */
@ExtendWith(TreeExtension.class)
final class SwayIT {
  private static final String MANAGER = "--dest=org.usersvc1 --object-path=/org/usersvc1";

  /** The two services, and how their user registers his session. */
  private record Waiting(Tree tree, Desktop desktop, Needy foot, Needy wlsunset) {
    static Waiting of(Tree tree) throws IOException {
      var foot = Needy.service(tree, "foot", "WAYLAND_DISPLAY", "foot --server");
      var wlsunset = Needy.service(tree, "wlsunset", "WAYLAND_DISPLAY", "wlsunset -l 50 -L 14");
      var desktop = Desktop.of(tree);
      desktop.start().ask("rescan").expect(0);
      var waiting = new Waiting(tree, desktop, foot, wlsunset);
      waiting.awaitWaiting();
      assertThat(foot.starts() + wlsunset.starts()).isZero();
      return waiting;
    }

    void awaitWaiting() throws IOException {
      foot.awaitWaiting();
      wlsunset.awaitWaiting();
    }

    /** The whole life of a session: seen, killed, and followed by another. */
    void follow(String test, String... configuration) throws IOException {
      var first = Sway.start(desktop, configuration);
      awaitUp(first, 1);
      aWindowOpens(first, test);
      first.kill();
      awaitWaiting();
      assertThat(desktop.usersvc("env").expect(0).out())
          .doesNotContain("WAYLAND_DISPLAY=", "SWAYSOCK=", first.control().toString());
      var second = Sway.start(desktop, configuration);
      awaitUp(second, 2);
      aWindowOpens(second, test + "-again");
      for (long pid : Proc.withHome(tree.root())) { // sway starts one when somebody connects to it
        assertThat(Proc.commandLine(pid)).doesNotStartWith("Xwayland");
      }
    }

    private void awaitUp(Sway sway, int starts) throws IOException {
      foot.awaitStart(starts);
      wlsunset.awaitStart(starts);
      assertThat(foot.given()).isEqualTo(sway.display());
      assertThat(wlsunset.given()).isEqualTo(sway.display());
    }

    private void aWindowOpens(Sway sway, String name) throws IOException {
      var sockets = tree.runtime() + "/foot-" + sway.display();
      Await.until(
          "the server of foot", () -> !Proc.listensOn(foot.service().pid(), sockets).isEmpty());
      assertThat(sway.picture(name + "-before").colours()).isEqualTo(1);
      desktop.start(
          Map.of("WAYLAND_DISPLAY", sway.display()),
          "footclient",
          "sh",
          "-c",
          "echo " + name + "; exec sleep 1000");
      sway.awaitWindow("foot");
      var picture = sway.pictureWithMore(name, 2);
      System.out.println(name + ": " + picture.kept() + ", " + picture.colours() + " colours");
    }

    FileTime started() throws IOException {
      var one = Files.getLastModifiedTime(foot.service().dir().resolve("starts"));
      var other = Files.getLastModifiedTime(wlsunset.service().dir().resolve("starts"));
      return one.compareTo(other) < 0 ? other : one;
    }
  }

  /** Puts a program before the one of the same name, which it executes when it has left a mark. */
  private static Path marked(Tree tree, String program) throws IOException {
    var mark = tree.root().resolve("bin/marked");
    var real = Programs.imageForAnybody(program);
    new Service(tree.root().resolve("bin"))
        .script(program, ": > '" + mark + "'", "exec " + real + " \"$@\"");
    return mark;
  }

  @Test
  void oneLineInTheConfigurationIsEnough(Tree tree) throws IOException {
    Waiting.of(tree).follow("register", "exec usersvc session register");
  }

  @Test
  void whatWaitsRunsRightAfterTheRegistration(Tree tree) throws IOException {
    var mark = marked(tree, "usersvc");
    var waiting = Waiting.of(tree);
    Sway.start(waiting.desktop(), "exec usersvc session register");
    waiting.foot().awaitStart(1);
    waiting.wlsunset().awaitStart(1);
    var took =
        Duration.between(
            Files.getLastModifiedTime(mark).toInstant(), waiting.started().toInstant());
    System.out.println("registered -> running: " + took.toMillis() + " ms");
  }

  @Test
  void debiansConfigurationIsEnough(Tree tree) throws IOException {
    var waiting = Waiting.of(tree);
    Bus.usual(waiting.desktop()).awaitName("org.freedesktop.systemd1");
    waiting.follow("debian", "include /etc/sway/config.d/50-systemd-user.conf");
  }

  @Test
  void systemctlIsEnoughWithoutABus(Tree tree) throws IOException {
    Waiting.of(tree)
        .follow("systemctl", "exec systemctl --user import-environment WAYLAND_DISPLAY SWAYSOCK");
  }

  @Test
  void dbusUpdateActivationEnvironmentIsEnough(Tree tree) throws IOException {
    var waiting = Waiting.of(tree);
    Bus.usual(waiting.desktop()).awaitName("org.freedesktop.systemd1");
    waiting.follow(
        "dbus-update", "exec dbus-update-activation-environment --systemd WAYLAND_DISPLAY DISPLAY");
  }

  @Test
  void dbusUpdateActivationEnvironmentIsEnoughWithoutSystemd(Tree tree) throws IOException {
    var waiting = Waiting.of(tree);
    Bus.usual(waiting.desktop()).awaitName("org.freedesktop.systemd1");
    waiting.follow(
        "dbus-plain", "exec dbus-update-activation-environment WAYLAND_DISPLAY SWAYSOCK");
  }

  @Test
  void gdbusIsEnough(Tree tree) throws IOException {
    new Service(tree.root().resolve("bin"))
        .script(
            "register-by-gdbus",
            "exec gdbus call --session "
                + MANAGER
                + " --method=org.usersvc1.Manager.RegisterSession"
                + " \"{'WAYLAND_DISPLAY': '$WAYLAND_DISPLAY', 'SWAYSOCK': '$SWAYSOCK'}\" '{}'");
    var waiting = Waiting.of(tree);
    Bus.usual(waiting.desktop()).awaitManager();
    waiting.follow("gdbus", "exec register-by-gdbus");
  }

  @Test
  void clientsOfXFollowTheXServer(Tree tree) throws IOException {
    var xev = Needy.service(tree, "xev", "DISPLAY", "xev");
    var desktop = Desktop.of(tree);
    desktop.start().ask("rescan").expect(0);
    xev.awaitWaiting();
    for (int starts = 1; starts <= 2; starts++) {
      var server = XServer.start(desktop);
      desktop.run(Map.of("DISPLAY", server.display()), "usersvc", "session", "register").expect(0);
      xev.awaitStart(starts);
      assertThat(xev.given()).isEqualTo(server.display());
      xev.service().awaitText("output", "Outer window is");
      server.kill();
      xev.awaitWaiting();
      assertThat(desktop.usersvc("env").expect(0).out()).doesNotContain("DISPLAY=");
    }
  }
}
