package org.usersvc.daemon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real dbus-daemon, with real clients. */
final class BusConnectionTest {
  private static final String NAME = "org.usersvc1";

  @TempDir private Path root;
  private BusFixture fixture;
  private String address;
  private final FakeOwner owner = new FakeOwner();
  private final List<Call> calls = new ArrayList<>();

  @BeforeEach
  void prepare() {
    fixture = new BusFixture(root);
    address = "unix:path=" + root.resolve("bus");
  }

  @AfterEach
  void finish() throws InterruptedException {
    fixture.close();
  }

  private BusConnection open(String where, Calls taker) throws BadAddress {
    var plan = new BusConnection.Plan(where, BusAddress.parse(where, ""), NAME, taker, owner);
    return BusConnection.open(fixture.transport, plan);
  }

  private BusConnection connect(String where, Calls taker) throws BadAddress {
    int before = owner.ready.size();
    var connection = open(where, taker);
    fixture.until(() -> owner.ready.size() > before || !owner.lost.isEmpty());
    assertThat(owner.lost).isEmpty();
    return connection;
  }

  private void echo(Call call) {
    calls.add(call);
    switch (call.member()) {
      case "Echo" -> call.answer(call.signature(), call.arguments().toArray());
      case "Nothing" -> call.answer("");
      case "Bug" -> throw new IllegalStateException("bug in the test");
      case "Later" -> {}
      default -> call.fail("org.usersvc1.Error.NoSuchService", "no such service");
    }
  }

  private String busctl(String... words) throws IOException {
    var command = new ArrayList<>(List.of("busctl", "--address=" + address));
    command.addAll(List.of(words));
    return fixture.run(command.toArray(new String[0]));
  }

  private String[] echoCall() {
    return new String[] {"call", NAME, "/p", "org.usersvc1.X", "Echo"};
  }

  @Test
  void ownsItsNameAndAnswersBusctl() throws Exception {
    var bus = fixture.bus(address);
    var link = connect(address, this::echo);
    assertThat(link.ownsName()).isTrue();
    assertThat(link.uniqueName()).startsWith(":1.");
    assertThat(link.guid()).hasSize(32);
    assertThat(link.isBus()).isTrue();
    assertThat(link.address()).isEqualTo(address);
    assertThat(link.peerPid()).isEqualTo((int) bus.pid());
    assertThat(
            busctl(
                "call",
                NAME,
                "/p/q",
                "org.usersvc1.X",
                "Echo",
                "sa{sv}u",
                "é",
                "1",
                "k",
                "s",
                "v",
                "7"))
        .isEqualTo("sa{sv}u \"\\303\\251\" 1 \"k\" s \"v\" 7");
    var call = calls.getLast();
    assertThat(call.path()).isEqualTo("/p/q");
    assertThat(call.interfaceName()).isEqualTo("org.usersvc1.X");
    assertThat(call.sender()).startsWith(":1.");
    assertThat(call.link()).isSameAs(link);
    assertThat(owner.ready).containsExactly(link);
    assertThat(busctl("call", NAME, "/p", "org.usersvc1.X", "Other"))
        .isEqualTo("Call failed: no such service");
    link.close();
    fixture.turns(3);
    assertThat(owner.lost).isEmpty();
  }

  @Test
  void answersGdbusOnAnAbstractAddress() throws Exception {
    String where = "unix:abstract=usersvc-test-" + ProcessHandle.current().pid();
    fixture.bus(where);
    connect("unix:path=/nowhere/bus;" + where, this::echo);
    assertThat(
            fixture.run(
                "gdbus",
                "call",
                "--address",
                where,
                "--dest",
                NAME,
                "--object-path",
                "/p",
                "--method",
                "org.usersvc1.X.Echo",
                "text",
                "<uint32 7>",
                "@as ['a']"))
        .isEqualTo("('text', <uint32 7>, ['a'])");
    assertThat(
            fixture.run(
                "gdbus",
                "call",
                "--address",
                where,
                "--dest",
                NAME,
                "--object-path",
                "/p",
                "--method",
                "org.usersvc1.X.Nothing"))
        .isEqualTo("()");
  }

  @Test
  void aBugIsAnsweredAndDelaysNobody() throws Exception {
    fixture.bus(address);
    connect(address, this::echo);
    assertThat(busctl("call", NAME, "/p", "org.usersvc1.X", "Bug")).contains("inside usersvcd");
    assertThat(fixture.bugs).hasSize(1);
    fixture.bugs.clear();
    assertThat(busctl("call", NAME, "/p", "org.usersvc1.X", "Echo", "s", "on"))
        .isEqualTo("s \"on\"");
  }

  @Test
  void anAnswerMayComeLater() throws Exception {
    fixture.bus(address);
    connect(address, this::echo);
    var client =
        fixture.start(
            "busctl", "--address=" + address, "call", NAME, "/p", "org.usersvc1.X", "Later");
    fixture.until(() -> calls.size() == 1);
    calls.getFirst().answer("s", "later");
    fixture.until(() -> !client.isAlive());
    assertThat(client.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("s \"later\"");
  }

  @Test
  void sendsSignalsAndHearsThoseItAsksFor() throws Exception {
    fixture.bus(address);
    var link = connect(address, this::echo);
    var replies = new ArrayList<Link.Reply>();
    link.call(
        busRequest("AddMatch", "s", "type='signal',interface='org.usersvc1.X'"), replies::add);
    fixture.until(() -> !replies.isEmpty());
    link.signal("/p", "org.usersvc1.X", "Changed", "sa{sv}", "x", Map.of("n", new Variant<>(1)));
    fixture.until(() -> owner.emissions.stream().anyMatch(e -> e.member().equals("Changed")));
    var emission = owner.emissions.getLast();
    assertThat(emission.sender()).isEqualTo(link.uniqueName());
    assertThat(emission.values()).containsExactly("x", Map.of("n", new Variant<>(1, "i")));
  }

  private static Link.Request busRequest(String member, String signature, Object... values) {
    return new Link.Request(
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        member,
        signature,
        List.of(values));
  }

  @Test
  void callsAreAnsweredByValuesOrByErrors() throws Exception {
    fixture.bus(address);
    var link = connect(address, this::echo);
    var replies = new ArrayList<Link.Reply>();
    link.call(busRequest("GetConnectionUnixProcessID", "s", NAME), replies::add);
    link.call(busRequest("GetNameOwner", "s", "org.nobody"), replies::add);
    fixture.until(() -> replies.size() == 2);
    assertThat(replies.getFirst())
        .isEqualTo(new Link.Reply.Values(List.of(new UInt32(ProcessHandle.current().pid()))));
    assertThat(replies.getLast())
        .isInstanceOfSatisfying(
            Link.Reply.Failed.class,
            failed ->
                assertThat(failed.errorName())
                    .isEqualTo("org.freedesktop.DBus.Error.NameHasNoOwner"));
  }

  @Test
  void aCallThatNobodyAnswersFailsAfter25Seconds() throws Exception {
    fixture.bus(address);
    var link = connect(address, this::echo);
    var replies = new ArrayList<Link.Reply>();
    link.call(new Link.Request(NAME, "/p", "i.f", "Later", "", List.of()), replies::add);
    fixture.until(() -> calls.size() == 1);
    fixture.advance(Duration.ofSeconds(24));
    assertThat(replies).isEmpty();
    fixture.advance(Duration.ofSeconds(2));
    assertThat(replies)
        .containsExactly(
            new Link.Reply.Failed("org.freedesktop.DBus.Error.NoReply", "no answer in 25 s"));
    calls.getFirst().answer("");
    fixture.turns(5);
    assertThat(replies).hasSize(1);
  }

  @Test
  void waitsInTheQueueForItsName() throws Exception {
    fixture.bus(address);
    var first = connect(address, this::echo);
    var second = connect(address, this::echo);
    assertThat(second.ownsName()).isFalse();
    first.close();
    fixture.until(second::ownsName);
  }

  @Test
  void aBusThatDiesIsToldOnceAndLeavesNothing() throws Exception {
    var bus = fixture.bus(address);
    long before = BusFixture.openDescriptors();
    int timers = fixture.loop.timers().pending();
    var link = connect(address, this::echo);
    var replies = new ArrayList<Link.Reply>();
    link.call(new Link.Request(NAME, "/p", "i.f", "Later", "", List.of()), replies::add);
    fixture.until(() -> calls.size() == 1);
    bus.destroyForcibly();
    fixture.until(() -> !owner.lost.isEmpty());
    fixture.turns(5);
    assertThat(owner.lost).hasSize(1);
    assertThat(replies).hasSize(1).first().isInstanceOf(Link.Reply.Failed.class);
    assertThat(BusFixture.openDescriptors()).isLessThanOrEqualTo(before);
    assertThat(fixture.loop.timers().pending()).isEqualTo(timers);
    link.signal("/p", "i.f", "S", "");
    link.call(busRequest("GetId", ""), replies::add);
    calls.getFirst().answer("");
    fixture.turns(5);
    assertThat(replies).hasSize(2).last().isInstanceOf(Link.Reply.Failed.class);
    assertThat(owner.lost).hasSize(1);
  }

  @Test
  void aHundredBusesComeAndGoWithoutALeak() throws Exception {
    fixture.bus(address);
    long before = BusFixture.openDescriptors();
    int timers = fixture.loop.timers().pending();
    for (int i = 0; i < 100; i++) {
      connect(address, this::echo).close();
    }
    assertThat(BusFixture.openDescriptors()).isEqualTo(before);
    assertThat(fixture.loop.timers().pending()).isEqualTo(timers);
  }

  /** A flood of calls, from our own side of another connection. */
  @Test
  void tenThousandCallsComeInPortionsThatDelayNobody() throws Exception {
    fixture.bus(address);
    connect(address, this::echo);
    var caller = connect(address, this::echo);
    var replies = new ArrayList<Link.Reply>();
    for (int i = 0; i < 10_000; i++) {
      caller.call(new Link.Request(NAME, "/p", "i.f", "Echo", "u", List.of(i)), replies::add);
    }
    int most = 0;
    while (replies.size() < 10_000) {
      int before = calls.size();
      fixture.loop.runOneTurn(true);
      most = Math.max(most, calls.size() - before);
    }
    assertThat(most).as("in one turn").isBetween(1, 400);
    assertThat(replies.get(4321)).isEqualTo(new Link.Reply.Values(List.of(new UInt32(4321))));
  }

  @Test
  void aMessageThatIsTooLongIsAnsweredAndTheBusStays() throws Exception {
    fixture.bus(address);
    connect(address, this::echo);
    var caller = connect(address, this::echo);
    var replies = new ArrayList<Link.Reply>();
    String large = "x".repeat(6_000_000);
    caller.call(new Link.Request(NAME, "/p", "i.f", "Echo", "s", List.of(large)), replies::add);
    caller.call(new Link.Request(NAME, "/p", "i.f", "Echo", "s", List.of("on")), replies::add);
    fixture.until(() -> replies.size() == 2);
    assertThat(replies.getFirst())
        .isInstanceOfSatisfying(
            Link.Reply.Failed.class,
            failed ->
                assertThat(failed.errorName())
                    .isEqualTo("org.freedesktop.DBus.Error.LimitsExceeded"));
    assertThat(replies.getLast()).isEqualTo(new Link.Reply.Values(List.of("on")));
    assertThat(owner.lost).isEmpty();
  }

  @Test
  void nobodyListening() throws Exception {
    open(address, this::echo);
    assertThat(owner.lost).as("told in a later turn").isEmpty();
    fixture.turns(2);
    assertThat(owner.lost).hasSize(1);
    assertThat(owner.lost.getFirst()).contains("cannot connect to " + root.resolve("bus"));
    assertThat(fixture.loop.timers().pending()).isZero();
  }

  private int strangeServer() throws IOException {
    return fixture.sockets.listen(root.resolve("bus").toString());
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpAfter10Seconds() throws Exception {
    int listener = strangeServer();
    long before = BusFixture.openDescriptors();
    open(address, this::echo);
    fixture.turns(5);
    fixture.advance(Duration.ofSeconds(9));
    assertThat(owner.lost).isEmpty();
    fixture.advance(Duration.ofSeconds(2));
    assertThat(owner.lost).containsExactly("the bus did not answer in 10 s (authentication)");
    assertThat(BusFixture.openDescriptors()).isEqualTo(before);
    fixture.files.close(listener);
  }

  @Test
  void aServerThatAnswersGarbageIsGivenUpAtOnce() throws Exception {
    int listener = strangeServer();
    open(address, this::echo);
    int connection = fixture.sockets.accept(listener);
    byte[] garbage = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII);
    fixture.sockets.send(connection, garbage, 0, garbage.length);
    fixture.until(() -> !owner.lost.isEmpty());
    assertThat(owner.lost).containsExactly("no bus: it says SSH-2.0-OpenSSH_9.2");
    fixture.files.close(connection);
    fixture.files.close(listener);
  }

  @Test
  void aServerThatAnswersGarbageLaterIsGivenUpToo() throws Exception {
    int listener = strangeServer();
    open(address, this::echo);
    int connection = fixture.sockets.accept(listener);
    byte[] garbage = ("OK 0123\r\n" + "\u0001".repeat(64)).getBytes(StandardCharsets.US_ASCII);
    fixture.sockets.send(connection, garbage, 0, garbage.length);
    fixture.until(() -> !owner.lost.isEmpty());
    fixture.turns(5);
    assertThat(owner.lost).containsExactly("it broke the protocol: no message of D-Bus begins so");
    assertThat(owner.ready).isEmpty();
    fixture.files.close(connection);
    fixture.files.close(listener);
  }

  @Tag("root")
  @Test
  void anotherUsersSocketIsToldNothing() throws Exception {
    var open = Files.createTempDirectory(Path.of("/tmp"), "usersvc-bus");
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    var socket = open.resolve("bus");
    var server = fixture.stranger(socket);
    open("unix:path=" + socket, this::echo);
    fixture.until(() -> !owner.lost.isEmpty());
    assertThat(owner.lost).containsExactly(socket + " belongs to uid 65534");
    assertThat(server.inputReader(StandardCharsets.UTF_8).readLine())
        .as("bytes that it was told")
        .isEqualTo("0");
    Files.delete(socket);
    Files.delete(open);
  }

  @Test
  void aClientOfTheSameBusThatSendsNonsenseIsTheBussAffair() throws Exception {
    fixture.bus(address);
    connect(address, this::echo);
    try (var client =
        SocketChannel.open(java.net.UnixDomainSocketAddress.of(root.resolve("bus")))) {
      client.write(ByteBuffer.wrap(new byte[4096]));
      assertThat(busctl(concat(echoCall(), "s", "x"))).isEqualTo("s \"x\"");
    }
  }

  private static String[] concat(String[] words, String... more) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
