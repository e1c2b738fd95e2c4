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
import java.util.stream.Stream;
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
  void finish() {
    fixture.close();
  }

  private BusConnection open(String where) throws BadAddress {
    var plan = new BusConnection.Plan(where, BusAddress.parse(where, ""), NAME, this::echo, owner);
    return BusConnection.open(fixture.transport, plan);
  }

  private BusConnection connect(String where) throws BadAddress {
    int before = owner.ready.size();
    var connection = open(where);
    fixture.until(() -> owner.ready.size() > before || !owner.lost.isEmpty());
    assertThat(owner.lost).isEmpty();
    return connection;
  }

  private BusConnection connectToBus() throws IOException, BadAddress {
    fixture.bus(address);
    return connect(address);
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
    return run(
        List.of("busctl", "--address=" + address, "call", NAME, "/p", "org.usersvc1.X"), words);
  }

  private String gdbus(String where, String member, String... words) throws IOException {
    return run(
        List.of(("gdbus call --dest " + NAME + " --object-path /p --address " + where).split(" ")),
        concat(new String[] {"--method", "org.usersvc1.X." + member}, words));
  }

  private String run(List<String> command, String... words) throws IOException {
    return fixture.run(concat(command.toArray(new String[0]), words));
  }

  private static String[] concat(String[] words, String... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Calls ourselves, over the bus; what is answered is in the list sooner or later. */
  private static List<Link.Reply> ask(
      BusConnection from, String member, String signature, Object... values) {
    var replies = new ArrayList<Link.Reply>();
    from.call(
        new Link.Request(NAME, "/p", "i.f", member, signature, List.of(values)), replies::add);
    return replies;
  }

  private static List<Link.Reply> askBus(
      BusConnection from, String member, String signature, Object... values) {
    var replies = new ArrayList<Link.Reply>();
    from.call(Link.Request.ofBus(member, signature, values), replies::add);
    return replies;
  }

  private String ownerOfName(BusConnection link) {
    var replies = askBus(link, "GetNameOwner", "s", NAME);
    fixture.until(() -> !replies.isEmpty());
    return replies.getFirst() instanceof Link.Reply.Values(var values)
        ? (String) values.getFirst()
        : "";
  }

  private static String error(List<Link.Reply> replies) {
    return replies.getFirst() instanceof Link.Reply.Failed(String name, String _) ? name : "";
  }

  @Test
  void ownsItsNameAndAnswersBusctl() throws Exception {
    var bus = fixture.bus(address);
    var link = connect(address);
    assertThat(ownerOfName(link)).isEqualTo(link.uniqueName());
    assertThat(link.uniqueName()).startsWith(":1.");
    assertThat(link.guid()).hasSize(32);
    assertThat(link.isBus()).isTrue();
    assertThat(link.address()).isEqualTo(address);
    assertThat(link.peerPid()).isEqualTo((int) bus.pid());
    assertThat(busctl("Echo", "sa{sv}u", "é", "1", "k", "s", "v", "7"))
        .isEqualTo("sa{sv}u \"\\303\\251\" 1 \"k\" s \"v\" 7");
    var call = calls.getLast();
    assertThat(call.path()).isEqualTo("/p");
    assertThat(call.interfaceName()).isEqualTo("org.usersvc1.X");
    assertThat(call.sender()).startsWith(":1.");
    assertThat(call.link()).isSameAs(link);
    assertThat(owner.ready).containsExactly(link);
    assertThat(busctl("Other")).isEqualTo("Call failed: no such service");
    link.close();
    fixture.turns(3);
    assertThat(owner.lost).isEmpty();
  }

  @Test
  void answersGdbusOnAnAbstractAddress() throws Exception {
    String where = "unix:abstract=usersvc-test-" + ProcessHandle.current().pid();
    fixture.bus(where);
    connect("unix:path=/nowhere/bus;" + where);
    assertThat(gdbus(where, "Echo", "text", "<uint32 7>", "@as ['a']"))
        .isEqualTo("('text', <uint32 7>, ['a'])");
    assertThat(gdbus(where, "Nothing")).isEqualTo("()");
  }

  @Test
  void aBugIsAnsweredAndDelaysNobody() throws Exception {
    connectToBus();
    assertThat(busctl("Bug")).contains("inside usersvcd");
    assertThat(fixture.bugs).hasSize(1);
    fixture.bugs.clear();
    assertThat(busctl("Echo", "s", "on")).isEqualTo("s \"on\"");
  }

  @Test
  void anAnswerMayComeLater() throws Exception {
    connectToBus();
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
    var link = connectToBus();
    var replies = askBus(link, "AddMatch", "s", "type='signal',interface='org.usersvc1.X'");
    fixture.until(() -> !replies.isEmpty());
    link.signal("/p", "org.usersvc1.X", "Changed", "sa{sv}", "x", Map.of("n", new Variant<>(1)));
    fixture.until(() -> owner.emissions.stream().anyMatch(e -> e.member().equals("Changed")));
    var emission = owner.emissions.getLast();
    assertThat(emission.sender()).isEqualTo(link.uniqueName());
    assertThat(emission.values()).containsExactly("x", Map.of("n", new Variant<>(1, "i")));
  }

  @Test
  void callsAreAnsweredByValuesOrByErrors() throws Exception {
    var link = connectToBus();
    var good = askBus(link, "GetConnectionUnixProcessID", "s", NAME);
    var bad = askBus(link, "GetNameOwner", "s", "org.nobody");
    fixture.until(() -> !bad.isEmpty());
    assertThat(good)
        .containsExactly(new Link.Reply.Values(List.of(new UInt32(ProcessHandle.current().pid()))));
    assertThat(error(bad)).isEqualTo("org.freedesktop.DBus.Error.NameHasNoOwner");
  }

  @Test
  void aCallThatNobodyAnswersFailsAfter25Seconds() throws Exception {
    var link = connectToBus();
    var replies = ask(link, "Later", "");
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
    var first = connectToBus();
    var second = connect(address);
    assertThat(ownerOfName(second)).isEqualTo(first.uniqueName());
    first.close();
    fixture.until(() -> ownerOfName(second).equals(second.uniqueName()));
  }

  @Test
  void aBusThatDiesIsToldOnceAndLeavesNothing() throws Exception {
    var bus = fixture.bus(address);
    long before = BusFixture.openDescriptors();
    int timers = fixture.loop.timers().pending();
    var link = connect(address);
    var replies = ask(link, "Later", "");
    fixture.until(() -> calls.size() == 1);
    bus.destroyForcibly();
    fixture.until(() -> !owner.lost.isEmpty());
    fixture.turns(5);
    assertThat(owner.lost).hasSize(1);
    assertThat(replies).singleElement().isInstanceOf(Link.Reply.Failed.class);
    assertThat(BusFixture.openDescriptors()).isLessThanOrEqualTo(before);
    assertThat(fixture.loop.timers().pending()).isEqualTo(timers);
    link.signal("/p", "i.f", "S", "");
    var late = askBus(link, "GetId", "");
    calls.getFirst().answer("");
    fixture.turns(5);
    assertThat(replies).hasSize(1);
    assertThat(late).singleElement().isInstanceOf(Link.Reply.Failed.class);
    assertThat(owner.lost).hasSize(1);
  }

  @Test
  void aHundredBusesComeAndGoWithoutALeak() throws Exception {
    fixture.bus(address);
    long before = BusFixture.openDescriptors();
    int timers = fixture.loop.timers().pending();
    for (int i = 0; i < 100; i++) {
      connect(address).close();
    }
    assertThat(BusFixture.openDescriptors()).isLessThanOrEqualTo(before);
    assertThat(fixture.loop.timers().pending()).isEqualTo(timers);
  }

  /** A flood of calls, from our own side of another connection. */
  @Test
  void tenThousandCallsComeInPortionsThatDelayNobody() throws Exception {
    connectToBus();
    var caller = connect(address);
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
    connectToBus();
    var caller = connect(address);
    var large = ask(caller, "Echo", "s", "x".repeat(6_000_000));
    var small = ask(caller, "Echo", "s", "on");
    fixture.until(() -> !small.isEmpty());
    assertThat(error(large)).isEqualTo("org.freedesktop.DBus.Error.LimitsExceeded");
    assertThat(small).containsExactly(new Link.Reply.Values(List.of("on")));
    assertThat(owner.lost).isEmpty();
  }

  @Test
  void nobodyListening() throws Exception {
    open(address);
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
    open(address);
    fixture.turns(5);
    fixture.advance(Duration.ofSeconds(9));
    assertThat(owner.lost).isEmpty();
    fixture.advance(Duration.ofSeconds(2));
    assertThat(owner.lost).containsExactly("the bus did not answer in 10 s (authentication)");
    assertThat(BusFixture.openDescriptors()).isLessThanOrEqualTo(before);
    fixture.files.close(listener);
  }

  /** Connects to a server that says this. */
  private void meet(String answer) throws Exception {
    int listener = strangeServer();
    open(address);
    int connection = fixture.sockets.accept(listener);
    byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
    fixture.sockets.send(connection, bytes, 0, bytes.length);
    fixture.until(() -> !owner.lost.isEmpty());
    fixture.turns(5);
    assertThat(owner.ready).isEmpty();
    fixture.files.close(connection);
    fixture.files.close(listener);
  }

  @Test
  void aServerThatAnswersGarbageIsGivenUpAtOnce() throws Exception {
    meet("SSH-2.0-OpenSSH_9.2\r\n");
    assertThat(owner.lost).containsExactly("no bus: it says SSH-2.0-OpenSSH_9.2");
  }

  @Test
  void aServerThatAnswersGarbageLaterIsGivenUpToo() throws Exception {
    meet("OK 0123\r\nERROR\r\n" + "\u0001".repeat(64));
    assertThat(owner.lost).containsExactly("it broke the protocol: no message of D-Bus begins so");
  }

  @Tag("root")
  @Test
  void anotherUsersSocketIsToldNothing() throws Exception {
    var open = Files.createTempDirectory(Path.of("/tmp"), "usersvc-bus");
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    var socket = open.resolve("bus");
    var server = fixture.stranger(socket);
    open("unix:path=" + socket);
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
    connectToBus();
    try (var client =
        SocketChannel.open(java.net.UnixDomainSocketAddress.of(root.resolve("bus")))) {
      client.write(ByteBuffer.wrap(new byte[4096]));
      assertThat(busctl("Echo", "s", "x")).isEqualTo("s \"x\"");
    }
  }
}
