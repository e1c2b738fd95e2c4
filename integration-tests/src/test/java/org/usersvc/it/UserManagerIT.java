package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The little of org.freedesktop.systemd1 that hands over an environment, for the real systemctl.
 */
@ExtendWith(TreeExtension.class)
final class UserManagerIT {
  private static final String NAME = "org.freedesktop.systemd1";

  private static Ran systemctl(Desktop desktop, Map<String, String> more, String... words)
      throws IOException {
    var all = new String[words.length + 2];
    all[0] = "systemctl";
    all[1] = "--user";
    System.arraycopy(words, 0, all, 2, words.length);
    return desktop.run(more, all);
  }

  @Test
  void systemctlChangesTheEnvironmentWithoutABus(Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    tree.start();
    systemctl(desktop, Map.of(), "set-environment", "A=b c", "B=1").expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).contains("A=b c\n", "B=1\n");
    systemctl(desktop, Map.of("C", "from here"), "import-environment", "C").expect(0);
    assertThat(systemctl(desktop, Map.of(), "show-environment").expect(0).out())
        .contains("A=$'b c'\n", "B=1\n", "C=$'from here'\n", "HOME=" + tree.root());
    systemctl(desktop, Map.of(), "unset-environment", "A", "NOSUCH").expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).doesNotContain("A=b c").contains("B=1\n");
  }

  @Test
  void systemctlChangesItOverTheBusToo(Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    tree.start();
    var bus = Bus.usual(desktop).awaitName(NAME);
    var force = new HashMap<>(bus.variable());
    force.put("SYSTEMCTL_FORCE_BUS", "1");
    systemctl(desktop, force, "set-environment", "A=b").expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).contains("A=b\n");
    assertThat(systemctl(desktop, force, "show-environment").expect(0).out()).contains("A=b\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "stop", "status", "list-units", "daemon-reload"})
  void whatIsNotThereYetFailsAtOnce(String verb, Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    tree.start();
    var ran = systemctl(desktop, Map.of(), verb, "--no-pager", "nosuch.service");
    assertThat(ran.err() + ran.out()).doesNotContain("timed out", "Connection reset");
  }

  @Test
  void unknownMethodsAreAnsweredSo(Tree tree) throws IOException {
    tree.start();
    var bus = Bus.usual(Desktop.ofOurselves(tree)).awaitName(NAME);
    var ran =
        bus.run(
                "dbus-send",
                "--session",
                "--print-reply",
                "--dest=" + NAME,
                "/org/freedesktop/systemd1",
                NAME + ".Manager.Nosuch")
            .expect(1);
    assertThat(ran.err()).startsWith("Error org.freedesktop.DBus.Error.UnknownMethod");
    assertThat(
            bus.busctl(
                    "get-property", NAME, "/org/freedesktop/systemd1", NAME + ".Manager", "Version")
                .expect(0)
                .out())
        .startsWith("s \"");
  }

  @Test
  void theDirectoryThatProgramsLookForIsPrivate(Tree tree) throws IOException {
    tree.start();
    Await.until("the socket", () -> Files.exists(tree.runtime().resolve("systemd/private")));
    assertThat(Proc.listensOn(listener(tree), tree.runtime() + "/systemd/private")).hasSize(1);
  }

  private static long listener(Tree tree) throws IOException {
    var list = Proc.withHome(tree.root());
    return list.stream()
        .filter(pid -> Proc.commandLine(pid).contains("usersvcd"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRealOneThatHasTheSocketIsLeftAlone(Tree tree) throws IOException {
    var directory = Files.createDirectory(tree.runtime().resolve("systemd"));
    var socket = directory.resolve("private");
    try (var real = new FakeBus("unix:path=" + socket, FakeBus.Visit::listen)) {
      var inode = Files.getAttribute(socket, "unix:ino", LinkOption.NOFOLLOW_LINKS);
      var daemon = tree.start();
      tree.service("web").steady().awaitUp();
      daemon.ask("rescan").expect(0);
      assertThat(Files.getAttribute(socket, "unix:ino", LinkOption.NOFOLLOW_LINKS))
          .isEqualTo(inode);
      assertThat(real.address()).endsWith("private");
    }
  }

  @Test
  void aRealOneThatHasTheNameKeepsIt(Tree tree) throws IOException {
    var bus = Bus.usual(Desktop.ofOurselves(tree));
    try (var real = Wire.bus(bus)) {
      var body = "\30\0\0\0" + NAME + "\0\0\0\0" + "\3\0\0\0";
      real.send(
          new Wire.Message(
              "org.freedesktop.DBus",
              "/org/freedesktop/DBus",
              "org.freedesktop.DBus",
              "RequestName",
              "su",
              body));
      assertThat(real.awaitReply()).isEqualTo(Wire.RETURN);
      var owner = bus.itself("GetNameOwner", NAME).expect(0).out();
      tree.start();
      bus.awaitManager();
      assertThat(bus.itself("GetNameOwner", NAME).expect(0).out()).isEqualTo(owner);
    }
  }
}
