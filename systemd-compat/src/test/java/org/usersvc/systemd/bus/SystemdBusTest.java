package org.usersvc.systemd.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.extension.Extension;
import org.usersvc.daemon.extension.HostFixture;

/** With real buses and the real programs that look for systemd. */
final class SystemdBusTest {
  private static final String NAME = "org.freedesktop.systemd1";

  @TempDir private Path root;
  private final SystemdBus extension = new SystemdBus();
  private HostFixture desk;
  private String address;
  private Path socket;

  @BeforeEach
  void prepare() throws IOException {
    desk = new HostFixture(root, "org.usersvc1");
    address = "unix:path=" + root.resolve("bus");
    socket = root.resolve("runtime/systemd/private");
  }

  @AfterEach
  void finish() {
    desk.close();
  }

  private int onBus() throws IOException {
    extension.begin(desk.host);
    int bus = desk.bus(address);
    desk.take(address);
    desk.programs.until(() -> !owner(desk).contains("NameHasNoOwner"));
    return bus;
  }

  private String busctl(String... words) {
    var command = new ArrayList<>(List.of("busctl", "--address=" + address));
    command.addAll(List.of(words));
    return desk.run(address, command.toArray(new String[0]));
  }

  private String call(String member, String... arguments) {
    var words =
        new ArrayList<>(
            List.of("call", NAME, "/org/freedesktop/systemd1", NAME + ".Manager", member));
    words.addAll(List.of(arguments));
    return busctl(words.toArray(new String[0]));
  }

  @Test
  void theDaemonFindsIt() {
    assertThat(ServiceLoader.load(Extension.class)).singleElement().isInstanceOf(SystemdBus.class);
  }

  @Test
  void programsOnABusAreServed() throws IOException {
    onBus();
    assertThat(call("SetEnvironment", "as", "1", "A=1")).isEmpty();
    assertThat(desk.value("A")).isEqualTo("1");
    assertThat(
            busctl(
                "get-property",
                NAME,
                "/org/freedesktop/systemd1",
                NAME + ".Manager",
                "Environment"))
        .startsWith("as ")
        .contains("\"A=1\"");
    assertThat(call("UnsetEnvironment", "as", "1", "A")).isEmpty();
    assertThat(desk.value("A")).isEqualTo("-");
    assertThat(call("SetEnvironment", "s", "A=1")).contains("takes (as), not (s)");
    assertThat(call("StartUnit", "ss", "no-such.service", "replace"))
        .contains("Unit no-such.service not found");
  }

  /** The daemon's own bus is in its environment, and in that of the bus itself. */
  @Test
  void whatTheSessionOfTheBusWasGivenIsTakenFromItAgain() throws IOException {
    int bus = onBus();
    desk.register(desk.process(), "DBUS_SESSION_BUS_ADDRESS", address);
    desk.register(bus, "DBUS_SESSION_BUS_ADDRESS", address);
    assertThat(call("SetEnvironment", "as", "2", "A=1", "B=2")).isEmpty();
    assertThat(desk.value("B")).isEqualTo("2");
    assertThat(call("UnsetEnvironment", "as", "1", "B")).isEmpty();
    assertThat(desk.value("B")).isEqualTo("-");
    assertThat(desk.value("A")).isEqualTo("1");
  }

  @Test
  void dbusUpdateActivationEnvironmentReachesServices() throws IOException {
    onBus();
    int display = desk.process();
    desk.register(display, "DBUS_SESSION_BUS_ADDRESS", address);
    assertThat(desk.run(address, "dbus-update-activation-environment", "--systemd", "A=1"))
        .isEmpty();
    desk.programs.until(() -> desk.value("A").equals("1"));
    desk.run(address, "dbus-update-activation-environment", "INVOCATION_ID=1", "B=2");
    desk.programs.until(() -> desk.value("B").equals("2"));
    assertThat(desk.value("INVOCATION_ID")).as("what one unit has for itself").isEqualTo("-");
    assertThat(desk.sessions.all())
        .singleElement()
        .satisfies(session -> assertThat(session.leader().pid()).isEqualTo(display));
  }

  @Test
  void whatTheBusSaysBackChangesNothing() throws IOException {
    onBus();
    int leader = desk.process();
    desk.register(leader, "DBUS_SESSION_BUS_ADDRESS", address);
    var seen = new ArrayList<String>();
    desk.activation.onChange(() -> seen.add(desk.value("A")));
    for (int i = 1; i <= 5; i++) {
      desk.register(leader, "A", Integer.toString(i));
      desk.programs.loop.runOneTurn(false);
    }
    desk.turnFor(Duration.ofMillis(500));
    assertThat(seen).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void whoeverCallsANameThatAUnitWouldBringFailsAtOnce() throws IOException {
    var activatable = Files.createDirectories(root.resolve("runtime/dbus-1/services"));
    Files.writeString(
        activatable.resolve("org.example.Unit.service"),
        """
        [D-BUS Service]
        Name=org.example.Unit
        Exec=/bin/false
        SystemdService=example.service
        """);
    onBus();
    for (int i = 0; i < 2; i++) {
      assertThat(busctl("call", "org.example.Unit", "/", "org.example.Unit", "Any"))
          .contains("Unit example.service not found");
    }
  }

  @Test
  void theNameOfAnotherIsLeftAlone() throws IOException {
    desk.bus(address);
    try (var other = new HostFixture(Files.createDirectory(root.resolve("other")), NAME)) {
      other.take(address);
      String owner = owner(other);
      extension.begin(desk.host);
      desk.take(address);
      desk.turnFor(Duration.ofMillis(100));
      assertThat(owner(desk)).isEqualTo(owner);
      other.buses.close();
      assertThat(owner(desk)).as("nobody queues for it").contains("NameHasNoOwner");
    }
  }

  private String owner(HostFixture running) {
    return running.run(
        address,
        "dbus-send",
        "--session",
        "--print-reply=literal",
        "--dest=org.freedesktop.DBus",
        "/",
        "org.freedesktop.DBus.GetNameOwner",
        "string:" + NAME);
  }

  @Test
  void aSocketThatADeadManagerLeftIsReplacedAndGoesWithTheDaemon() throws IOException {
    Files.createDirectories(socket.getParent());
    listen().close();
    extension.begin(desk.host);
    assertThat(desk.messages.warnings()).isEmpty();
    assertThat(greeting()).startsWith("OK ");
    desk.host.close();
    assertThat(socket).doesNotExist();
  }

  /** What a program is told that says who it is. */
  private String greeting() {
    return desk.run(
        address,
        "/usr/bin/python3",
        "-c",
        """
        import os, socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect(sys.argv[1])
        s.sendall(b"\\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\\r\\n")
        print(s.recv(100).decode())
        """,
        socket.toString());
  }

  private ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  @Test
  void theSocketOfALivingManagerIsLeftAlone() throws IOException {
    Files.createDirectories(socket.getParent());
    desk.bus("unix:path=" + socket);
    extension.begin(desk.host);
    assertThat(desk.messages.news())
        .containsExactly(socket + " is another manager's, leaving it alone");
    desk.host.close();
    assertThat(socket).exists();
  }

  @Test
  void aPlaceWhereNoSocketCanBeIsToldInOneLine() throws IOException {
    Files.writeString(root.resolve("runtime/systemd"), "in the way", UTF_8);
    extension.begin(desk.host);
    assertThat(desk.messages.warnings())
        .singleElement()
        .asString()
        .endsWith("; systemctl --user uses the bus");
    desk.activation.set(Map.of("A", "1"));
    assertThat(desk.value("A")).isEqualTo("1");
  }
}
