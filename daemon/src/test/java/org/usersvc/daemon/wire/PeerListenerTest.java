package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.supervise.FakeMessages;

/** With the real systemctl and dbus-send, which begin in different ways. */
final class PeerListenerTest {
  private static final String NAME = "org.freedesktop.systemd1";
  private static final String SD_BUS = "\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n";

  @TempDir private Path root;
  private BusFixture fixture;
  private Path path;
  private PeerListener listener;
  private final FakeOwner owner = new FakeOwner();
  private final FakeMessages messages = new FakeMessages();
  private final List<Call> calls = new ArrayList<>();

  @BeforeEach
  void listen() throws FileFault {
    fixture = new BusFixture(root);
    path = root.resolve("systemd/private");
    listener = listener();
  }

  private PeerListener listener() throws FileFault {
    var plan = new PeerListener.Plan(path.toString(), NAME, this::take, owner, messages::warn);
    var made = new PeerListener(fixture.transport, plan);
    made.settle();
    return made;
  }

  @AfterEach
  void finish() {
    listener.close();
    fixture.turns(3);
    fixture.close();
    assertThat(fixture.loop.timers().pending()).isZero();
  }

  private void take(Call call) {
    calls.add(call);
    switch (call.member()) {
      case "Get" -> call.answer("v", new Variant<>("active"));
      case "Echo" -> call.answer(call.signature(), call.arguments().toArray());
      default -> call.fail("org.freedesktop.DBus.Error.UnknownMethod", "unknown");
    }
  }

  private SocketChannel connect() throws IOException {
    var channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    channel.configureBlocking(false);
    return channel;
  }

  private static void send(SocketChannel to, String bytes) throws IOException {
    to.write(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
  }

  private static String receive(SocketChannel from) {
    try {
      var into = ByteBuffer.allocate(65_536);
      int length = from.read(into);
      return length < 0 ? "(end)" : new String(into.array(), 0, length, ISO_8859_1);
    } catch (IOException fault) {
      return "(end)";
    }
  }

  private String await(SocketChannel from) {
    var text = new StringBuilder();
    fixture.until(() -> {
      text.append(receive(from));
      return !text.isEmpty();
    });
    return text.toString();
  }

  @Test
  void servesTheRealSystemctl() throws IOException {
    String answer =
        fixture.run(
            "env", "XDG_RUNTIME_DIR=" + root, "systemctl", "--user", "is-active", "foo.service");
    assertThat(answer).isEqualTo("active");
    assertThat(calls.getLast().path()).isEqualTo("/org/freedesktop/systemd1/unit/foo_2eservice");
    assertThat(calls.getLast().sender()).isEmpty();
    assertThat(calls.getLast().link().isBus()).isFalse();
    assertThat(calls.getLast().link().address()).isEmpty();
    fixture.until(() -> listener.peers().isEmpty());
    assertThat(owner.ready).hasSize(1);
    assertThat(owner.lost).containsExactly("the other end closed the connection");
  }

  @Test
  void fortySystemctlAtOnce() throws IOException {
    var processes = new ArrayList<Process>();
    for (int i = 0; i < 40; i++) {
      processes.add(
          fixture.start(
              "env", "XDG_RUNTIME_DIR=" + root, "systemctl", "--user", "is-active", "x" + i));
    }
    fixture.until(() -> processes.stream().noneMatch(Process::isAlive));
    for (var process : processes) {
      assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("active");
    }
  }

  @Test
  void servesDbusSend() throws IOException {
    assertThat(
            fixture.run(
                "dbus-send",
                "--peer=unix:path=" + path,
                "--print-reply",
                "--type=method_call",
                "/p",
                "a.b.Echo",
                "string:x"))
        .contains("sender=" + NAME)
        .endsWith("string \"x\"");
  }

  @Test
  void knowsWhoAsks() throws IOException {
    try (var client = connect()) {
      send(client, SD_BUS);
      fixture.until(() -> !owner.ready.isEmpty());
      assertThat(owner.ready.getFirst().peerPid()).isEqualTo((int) ProcessHandle.current().pid());
      assertThat(await(client)).matches("DATA\r\nOK [0-9a-f]{32}\r\nAGREE_UNIX_FD\r\n");
    }
    fixture.until(() -> !owner.lost.isEmpty());
  }

  @Test
  void aSignalGoesToAllWhoHaveBegun() throws IOException {
    try (var one = connect();
        var two = connect();
        var silent = connect()) {
      send(one, SD_BUS);
      send(two, SD_BUS);
      fixture.until(() -> listener.peers().size() == 2);
      await(one);
      await(two);
      listener.peers().forEach(peer -> peer.signal("/p", "a.b", "Reloading", "b", true));
      assertThat(await(one)).contains("Reloading").contains(NAME);
      assertThat(await(two)).contains("Reloading");
      assertThat(receive(silent)).isEmpty();
    }
    fixture.until(() -> owner.lost.size() == 3);
    assertThat(listener.peers()).isEmpty();
  }

  @Test
  void whoDoesNotReadSignalsIsCutOffAtSomeTime() throws IOException {
    try (var client = connect()) {
      send(client, SD_BUS);
      fixture.until(() -> listener.peers().size() == 1);
      String much = "x".repeat(100_000);
      for (int i = 0; i < 100; i++) {
        listener.peers().forEach(peer -> peer.signal("/p", "a.b", "S", "s", much));
        fixture.turns(1);
      }
      fixture.until(() -> !owner.lost.isEmpty());
      assertThat(owner.lost).containsExactly("it does not take what it is sent");
    }
  }

  @Test
  void whoFloodsWithoutReadingIsNotListenedTo() throws IOException {
    try (var client = connect()) {
      send(client, SD_BUS);
      fixture.until(() -> listener.peers().size() == 1);
      byte[] call = call("x".repeat(8000));
      int idle = 0;
      while (idle < 100) {
        idle = client.write(ByteBuffer.wrap(call)) < call.length ? idle + 1 : 0;
        fixture.turns(1);
      }
      assertThat(owner.lost).isEmpty();
      assertThat(calls).hasSizeLessThan(400);
      var into = ByteBuffer.allocate(1 << 20);
      int before = calls.size();
      fixture.until(() -> {
        into.clear();
        try {
          return client.read(into) == 0 && calls.size() > before;
        } catch (IOException fault) {
          throw new AssertionError(fault);
        }
      });
    }
  }

  private static byte[] call(String text) {
    var writer = new WireWriter();
    var fields =
        new @Nullable Object[] {null, "/p", "a.b", "Echo", null, null, null, null, "s", null};
    try {
      writer.message(Kind.CALL, (byte) 0, 1, fields, List.of(text));
    } catch (OversizeMessage fault) {
      throw new AssertionError(fault);
    }
    int size = writer.size();
    return Arrays.copyOf(writer.take(), size);
  }

  @Test
  void whoIsSilentIsCutOffAfter10Seconds() throws IOException {
    try (var client = connect()) {
      fixture.until(() -> fixture.loop.timers().pending() > 0);
      fixture.advance(Duration.ofSeconds(11));
      fixture.until(() -> !owner.lost.isEmpty());
      assertThat(owner.lost).containsExactly("it did not authenticate itself in 10 s");
      assertThat(await(client)).isEqualTo("(end)");
    }
  }

  @Test
  void garbageAfterTheBeginningEndsOnlyThisPeer() throws IOException {
    try (var client = connect();
        var other = connect()) {
      send(client, SD_BUS + "GET / HTTP/1.1\r\n\r\n");
      send(other, SD_BUS);
      fixture.until(() -> !owner.lost.isEmpty());
      assertThat(owner.lost.getFirst()).startsWith("it broke the protocol");
      assertThat(listener.peers()).hasSize(1);
    }
  }

  @Test
  void theEldestMakesWayForThe65th() throws IOException {
    var clients = new ArrayList<SocketChannel>();
    for (int i = 0; i < 65; i++) {
      clients.add(connect());
    }
    assertThat(await(clients.getFirst())).isEqualTo("(end)");
    assertThat(owner.lost).containsExactly("too many others have come");
    for (var client : clients) {
      client.close();
    }
    fixture.until(() -> owner.lost.size() == 65);
  }

  @Tag("root")
  @Test
  void anotherUserIsTurnedAway() throws IOException {
    var open = Files.createTempDirectory(Path.of("/tmp"), "usersvc-peer");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    path = open.resolve("private");
    var second = listener();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    String answer =
        fixture.run(
            "setpriv",
            "--reuid=65534",
            "--clear-groups",
            "/usr/bin/python3",
            "-c",
            """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            try:
              s.sendall(b"\\0AUTH EXTERNAL 30\\r\\n")
              print(len(s.recv(100)))
            except OSError:
              print(0)
            """,
            path.toString());
    assertThat(answer).isEqualTo("0");
    assertThat(messages.warnings()).hasSize(1).first().asString().contains("uid 65534");
    second.close();
    assertThat(path).doesNotExist();
    Files.delete(open);
  }

  @Test
  void whatADeadDaemonLeftIsReplacedAndAnothersSocketIsLeft() throws IOException {
    var second = listener();
    listener.close();
    assertThat(path).exists();
    try (var client = connect()) {
      send(client, SD_BUS);
      fixture.until(() -> second.peers().size() == 1);
      second.close();
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void aBugAtTheEndOfOneKeepsNoOtherOpen() throws IOException {
    try (var one = connect();
        var two = connect()) {
      send(one, SD_BUS);
      send(two, SD_BUS);
      fixture.until(() -> listener.peers().size() == 2);
      await(one);
      await(two);
      var bug = new IllegalStateException("a bug");
      var gone = new ArrayList<String>();
      for (var peer : listener.peers()) {
        peer.whenGone(
            "",
            () -> {
              throw bug;
            });
        peer.whenGone("", () -> gone.add("gone"));
      }
      listener.close();
      assertThat(await(one)).isEqualTo("(end)");
      assertThat(await(two)).isEqualTo("(end)");
      assertThat(gone).hasSize(2);
      assertThat(fixture.bugs).containsExactly(bug, bug);
      fixture.bugs.clear();
    }
  }

  @Test
  void eachDaemonHasAnIdentityOfItsOwn() throws FileFault {
    String guid = ServerGuid.read(fixture.files);
    assertThat(guid).matches("[0-9a-f]{32}").isNotEqualTo(ServerGuid.read(fixture.files));
  }
}
