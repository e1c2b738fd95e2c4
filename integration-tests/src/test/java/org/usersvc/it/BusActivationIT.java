package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the bus starts by itself: usersvcd, and programs with the variables of the sessions. */
@ExtendWith(TreeExtension.class)
final class BusActivationIT {
  private static void activatable(Desktop desktop, String name, String command) throws IOException {
    Files.writeString(
        Bus.services(desktop).resolve(name + ".service"),
        "[D-BUS Service]\nName=" + name + "\nExec=" + command + "\n");
  }

  private static Desktop withOurs(Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    activatable(desktop, "org.usersvc1", Programs.image("usersvc") + " activate");
    return desktop;
  }

  @Test
  void aBusThatNobodyRegisteredIsHandedToTheDaemon(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var desktop = withOurs(tree);
    var daemon = tree.start();
    int pid = web.awaitUp();
    for (var bus : new Bus[] {Bus.atPath(desktop, "unknown"), Bus.atAbstract(desktop, "unknown")}) {
      assertThat(bus.knows("org.usersvc1")).isFalse();
      assertThat(
              bus.busctl(
                      "call",
                      "org.usersvc1",
                      "/org/usersvc1",
                      "org.usersvc1.Manager",
                      "GetService",
                      "s",
                      "web")
                  .expect(0)
                  .out())
          .isEqualTo("o \"/org/usersvc1/service/web\"\n");
      assertThat(bus.itself("GetConnectionUnixProcessID", "org.usersvc1").expect(0).out())
          .isEqualTo("(uint32 " + daemon.pid() + ",)\n");
    }
    assertThat(web.pid()).isEqualTo(pid);
  }

  @Test
  void withoutADaemonOneIsStarted(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var desktop = withOurs(tree);
    var bus = Bus.atPath(desktop, "unknown");
    assertThat(bus.manager("GetService", "web").expect(0).out())
        .contains("/org/usersvc1/service/web");
    web.awaitUp();
    var daemon = bus.itself("GetConnectionUnixProcessID", "org.usersvc1").expect(0).out();
    long pid = Long.parseLong(daemon.replaceAll("\\(uint32 ([0-9]+),\\)\\s*", "$1"));
    tree.usersvc("status", "--check", "web").expect(0);
    bus.end();
    tree.usersvc("status", "--check", "web").expect(0);
    Ran.of("kill", "-TERM", Long.toString(pid)).expect(0);
    Await.until("its end", () -> Proc.commandLine(pid).isEmpty());
  }

  @Test
  void whatSessionsBringReachesWhatTheBusStarts(Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    var said = tree.root().resolve("said");
    activatable(
        desktop,
        "org.example.Tell",
        "/bin/sh -c \"env > " + said + ".new; mv " + said + ".new " + said + "; exit 1\"");
    tree.start();
    var bus = Bus.atPath(desktop, "bus");
    var leader = bus.register("WAYLAND_DISPLAY=none-7", "A=b c");
    bus.awaitManager();
    Await.until("the variables", () -> tell(bus, said).contains("WAYLAND_DISPLAY=none-7\n"));
    assertThat(tell(bus, said)).contains("A=b c\n");
    tree.usersvc("env", "set", "A=d").expect(0);
    Await.until("the new value", () -> tell(bus, said).contains("A=d\n"));
    var other = Bus.atPath(desktop, "other");
    other.register();
    other.awaitManager();
    Await.until("all variables", () -> tell(other, said).contains("WAYLAND_DISPLAY=none-7\n"));
    leader.kill();
    Await.until("an empty value", () -> tell(other, said).contains("WAYLAND_DISPLAY=\n"));
  }

  /** What a program that the bus starts now has in its environment. */
  private static String tell(Bus bus, Path said) throws IOException {
    Files.deleteIfExists(said);
    bus.itself("StartServiceByName", "org.example.Tell", "0"); // fails when the program has ended
    return Await.answer("an environment", () -> Files.readString(said), text -> true);
  }

  @Test
  void whatTheBusBringsDoesNotComeBackAsAChange(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var desktop = Desktop.ofOurselves(tree);
    tree.start();
    var first = Bus.usual(desktop).awaitName("org.freedesktop.systemd1");
    var set = "dbus-update-activation-environment";
    desktop.run(merged(first, "NEEDED", "1"), set, "--systemd", "NEEDED").expect(0);
    web.awaitStart(1);
    desktop.run(merged(first, "NEEDED", "2"), set, "--systemd", "NEEDED").expect(0);
    web.awaitStart(2);
    desktop.run(merged(first, "NEEDED", "2"), set, "--systemd", "NEEDED").expect(0);
    desktop.run(merged(first, "OTHER", "1"), set, "--systemd", "OTHER").expect(0);
    Await.until(
        "the last variable", () -> tree.usersvc("env").expect(0).out().contains("OTHER=1\n"));
    web.awaitStart(2);
  }

  private static Map<String, String> merged(Bus bus, String name, String value) {
    var all = new HashMap<>(bus.variable());
    all.put(name, value);
    return all;
  }
}
