package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Self;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.environment.OwnPrograms;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;
import org.usersvc.daemon.wire.BusFixture;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.FakeOwner;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.PeerListener;
import org.usersvc.daemon.wire.SignalTargets;

/** Against real buses that come and go. */
final class BusesTest {
  private static final String NAME = "org.usersvc1";
  private static final String BUS_VARIABLE = "DBUS_SESSION_BUS_ADDRESS";
  private static final Duration BEGINNING = Duration.ofSeconds(10);

  @TempDir private Path root;
  private BusFixture fixture;
  private final FakeProcesses processes = new FakeProcesses();
  private final FakeMessages messages = new FakeMessages();
  private final InotifyWatches watches = new InotifyWatches();
  private final SignalTargets links = new SignalTargets();
  private final List<Link> ready = new ArrayList<>();
  private Sessions sessions;
  private Buses buses;
  private Path runtime;
  private @Nullable Path open;

  @BeforeEach
  void prepare() throws IOException {
    fixture = new BusFixture(root);
    runtime = Files.createDirectory(root.resolve("runtime"));
    var platform =
        new Platform(
            fixture.files,
            processes,
            watches,
            fixture.loop,
            messages,
            RuntimeDirectory.make(fixture.files, runtime.toString()));
    var self = new Self(SelfProcess.pid(), SelfProcess.uid(), Environment.EMPTY);
    sessions = new Sessions(platform, fixture.sockets, self);
    var activation =
        new Activation(() -> Environment.EMPTY, OwnPrograms.NONE, sessions, fixture.loop);
    var keys = new BusIdentity(sessions, runtime.toString());
    var upload = new BusEnvironment(keys, sessions, activation, fixture.loop);
    var parts = new Buses.Parts(fixture.transport, _ -> {}, links, upload, NAME, keys);
    buses = new Buses(platform, parts, sessions);
    buses.onReady(ready::add);
  }

  @AfterEach
  void finish() throws IOException {
    if (open != null) {
      Files.deleteIfExists(open.resolve("bus"));
      Files.delete(open);
    }
    buses.close();
    assertThat(links.isEmpty()).isTrue();
    fixture.files.close(watches.descriptor());
    fixture.close();
  }

  private String address(String name) {
    return "unix:path=" + root.resolve(name);
  }

  private String runtimeAddress() {
    return "unix:path=" + runtime.resolve("bus");
  }

  /** A session of a process of its own that has the bus. */
  private Session register(String address) throws IOException {
    return register(leader(), address);
  }

  private int leader() throws IOException {
    int leader = (int) fixture.start("sleep", "1000").pid();
    processes.strangerLives(leader);
    return leader;
  }

  private Session register(int leader, String address) {
    var variables = Environment.of(Map.of(BUS_VARIABLE, address));
    var outcome = sessions.register(new Registration(variables, "", leader, 0));
    if (outcome instanceof Outcome.Registered(Session session)) {
      return session;
    }
    throw new AssertionError(outcome.describe());
  }

  private List<String> take(String address) {
    var answers = new ArrayList<String>();
    buses.take(address, answers::add);
    return answers;
  }

  /** Names on a bus that belong to connections. */
  private long clients(String address) throws IOException {
    return fixture
        .run("busctl", "--address=" + address, "--unique", "--no-legend", "list")
        .lines()
        .count();
  }

  private List<String> sessionBuses() {
    return sessions.all().stream()
        .filter(session -> session.bus() != null)
        .map(session -> String.valueOf(session.bus()))
        .toList();
  }

  @Test
  void theBusOfASessionIsLeftWithTheSession() throws IOException {
    fixture.bus(address("a"));
    var first = register(address("a"));
    var second = register(address("a"));
    fixture.until(() -> ready.size() == 1);
    sessions.unregister(first.id());
    assertThat(links.isEmpty()).isFalse();
    sessions.unregister(second.id());
    assertThat(links.isEmpty()).isTrue();
    assertThat(messages.warnings()).isEmpty();
  }

  @Test
  void allSessionsOfADeadBusGoOnWithoutItHoweverTheySpellIt() throws IOException {
    var bus = fixture.bus(address("a"));
    fixture.bus(address("b"));
    register(address("a"));
    register(address("a") + ",guid=0123456789abcdef0123456789abcdef");
    register(address("b"));
    fixture.until(() -> ready.size() == 2);
    bus.destroyForcibly();
    fixture.until(() -> sessionBuses().size() == 1);
    fixture.turns(5);
    assertThat(sessions.all()).hasSize(3);
    assertThat(sessionBuses()).containsExactly(address("b"));
    assertThat(ready).as("nobody connects to the dead bus again").hasSize(2);
    assertThat(messages.warnings()).isEmpty();
  }

  @Test
  void oneBusIsJoinedOnceThoughItHasTwoPaths() throws IOException {
    fixture.bus(address("a"));
    Files.createSymbolicLink(root.resolve("b"), root.resolve("a"));
    var first = register(address("a"));
    var second = register(address("b"));
    fixture.until(() -> !ready.isEmpty());
    fixture.until(() -> fixture.loop.timers().pending() == 0); // no handshake is open
    assertThat(clients(address("a"))).as("busctl and we").isEqualTo(2);
    assertThat(ready).hasSize(1);
    sessions.unregister(first.id());
    assertThat(links.isEmpty()).as("the other session still has it").isFalse();
    sessions.unregister(second.id());
    assertThat(links.isEmpty()).isTrue();
  }

  @Test
  void aBusThatCannotBeJoinedIsToldOnceAndTriedAtEveryChange() throws IOException {
    register(address("a"));
    register("tcp:host=localhost");
    fixture.turns(5);
    assertThat(messages.warnings())
        .containsExactly(
            "bus 'tcp:host=localhost': it leads to no local bus; accepted are unix:path=, "
                + "unix:abstract= and unix:runtime=yes, going on without it",
            "bus '"
                + address("a")
                + "': cannot connect to "
                + root.resolve("a")
                + ": no such file or directory, going on without it");
    register("unix:path=/nonexistent\u001b[2J");
    fixture.turns(5);
    assertThat(messages.warnings()).hasSize(3);
    assertThat(messages.warnings().getLast()).contains("\\x1b").doesNotContain("\u001b");
    fixture.bus(address("a"));
    register("unix:path=/other");
    fixture.until(() -> ready.size() == 1);
    assertThat(ready.getFirst().address()).isEqualTo(address("a"));
    assertThat(sessionBuses()).as("no session has ended").hasSize(4);
  }

  @Tag("root")
  @Test
  void aBusOfAnotherUserIsRefused() throws Exception {
    var socket = stranger();
    register("unix:path=" + socket);
    fixture.turns(5);
    assertThat(messages.warnings())
        .containsExactly(
            "bus 'unix:path=%s': %s belongs to uid 65534, going on without it"
                .formatted(socket, socket));
  }

  @Tag("root")
  @Test
  void afterAnotherUsersSocketTheNextPlaceOfTheAddressIsTried() throws Exception {
    fixture.bus(address("a"));
    register("unix:path=" + stranger() + ";" + address("a"));
    fixture.until(() -> ready.size() == 1);
    assertThat(messages.warnings()).isEmpty();
  }

  /** A socket at which a process of another user listens. */
  private Path stranger() throws IOException {
    open = Files.createTempDirectory(Path.of("/tmp"), "usersvc-buses");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    fixture.stranger(open.resolve("bus"));
    return open.resolve("bus");
  }

  @Test
  void the17thBusIsJoinedWhenOneOfTheOthersIsLeft() throws IOException {
    var all = new ArrayList<Session>();
    for (int i = 0; i < 17; i++) {
      fixture.bus(address("bus" + i));
      all.add(register(address("bus" + i)));
    }
    fixture.until(() -> ready.size() == 16);
    fixture.turns(5);
    assertThat(ready).hasSize(16);
    assertThat(messages.warnings())
        .containsExactly(
            "bus '"
                + address("bus16")
                + "': the daemon is on 16 buses already, going on without it");
    sessions.unregister(all.getFirst().id());
    fixture.until(() -> ready.size() == 17);
    assertThat(ready.getLast().address()).isEqualTo(address("bus16"));
  }

  @Test
  void the17thBusIsJoinedWhenOneOfTheOthersNeverAnswers() throws IOException {
    try (var _ = silent("mute")) {
      register(address("mute"));
      for (int i = 0; i < 16; i++) {
        fixture.bus(address("bus" + i));
        register(address("bus" + i));
      }
      fixture.until(() -> ready.size() == 15);
      fixture.advance(BEGINNING);
      fixture.until(() -> ready.size() == 16);
      assertThat(sessions.all()).hasSize(17);
    }
  }

  /** Somebody who takes connections and says nothing. */
  private ServerSocketChannel silent(String name) throws IOException {
    return ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
        .bind(java.net.UnixDomainSocketAddress.of(root.resolve(name)));
  }

  @Test
  void aBusThatIsHandedOverStaysWhenSessionsGo() throws IOException {
    fixture.bus(address("a"));
    var answers = take(address("a"));
    assertThat(answers).isEmpty();
    fixture.until(() -> !answers.isEmpty());
    assertThat(answers).containsExactly("");
    assertThat(take(address("a"))).as("it is there already").containsExactly("");
    sessions.unregister(register(address("a")).id());
    assertThat(links.isEmpty()).isFalse();
    assertThat(ready).hasSize(1);
  }

  @Test
  void whoHandsOverABusIsAnsweredThoughItsSessionEndsFirst() throws IOException {
    fixture.bus(address("a"));
    var session = register(address("a"));
    var answers = take(address("a"));
    sessions.unregister(session.id());
    fixture.until(() -> !answers.isEmpty());
    assertThat(answers).containsExactly("");
    assertThat(links.isEmpty()).isFalse();
  }

  @Test
  void whoHandsOverABusThatNeverAnswersIsToldSoEachTime() throws IOException {
    try (var _ = silent("mute")) {
      var first = take(address("mute"));
      var second = take(address("mute"));
      fixture.turns(5);
      assertThat(first).isEmpty();
      fixture.advance(BEGINNING);
      String reason =
          "the bus at '%s' cannot be used: the bus did not answer in 10 s (authentication)"
              .formatted(address("mute"));
      assertThat(first).containsExactly(reason);
      assertThat(second).containsExactly(reason);
      var third = take(address("mute"));
      assertThat(third).as("it is tried anew").isEmpty();
      fixture.advance(BEGINNING);
      assertThat(third).containsExactly(reason);
    }
    assertThat(fixture.loop.timers().pending()).isZero();
  }

  @Test
  void whoHandsOverAnAddressThatIsNoneIsToldWhy() {
    assertThat(take("autolaunch:"))
        .singleElement()
        .asString()
        .startsWith("the bus at 'autolaunch:' cannot be used: it leads to no local bus");
    assertThat(messages.warnings()).as("only who asks is told").isEmpty();
  }

  @Test
  void theRuntimeBusIsTheSessionOfItsOwnProcess() throws IOException {
    var bus = fixture.bus(runtimeAddress());
    processes.strangerLives((int) bus.pid());
    buses.begin();
    fixture.until(() -> !sessions.all().isEmpty());
    assertThat(sessionBuses()).containsExactly(runtimeAddress());
    assertThat(sessions.all().getFirst().leader().pid()).isEqualTo((int) bus.pid());
  }

  @Test
  void aRuntimeBusThatHasForkedIsTheSessionOfTheProcessThatServesIt() throws IOException {
    int pid =
        Integer.parseInt(
            fixture.run(
                "dbus-daemon",
                "--session",
                "--fork",
                "--print-pid=1",
                "--address=" + runtimeAddress()));
    try {
      processes.strangerLives(pid);
      buses.begin();
      fixture.until(() -> !sessions.all().isEmpty());
      assertThat(sessions.all().getFirst().leader().pid()).isEqualTo(pid);
    } finally {
      assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly)).contains(true);
    }
  }

  @Test
  void theRuntimeBusStaysWhenTheSessionThatNamedItFirstEnds() throws IOException {
    var bus = fixture.bus(runtimeAddress());
    processes.strangerLives((int) bus.pid());
    var session = register(runtimeAddress() + ",guid=0123456789abcdef0123456789abcdef");
    buses.begin();
    fixture.until(() -> sessions.all().size() == 2);
    sessions.unregister(session.id());
    assertThat(links.isEmpty()).isFalse();
    assertThat(sessionBuses()).containsExactly(runtimeAddress());
  }

  @Test
  void theRuntimeBusIsJoinedAgainWhenItComesBack() throws IOException {
    buses.begin();
    assertThat(fixture.loop.timers().pending()).as("nothing is there yet").isZero();
    for (int round = 1; round <= 3; round++) {
      var bus = fixture.bus(runtimeAddress());
      processes.strangerLives((int) bus.pid());
      buses.runtimeBusChanged();
      fixture.until(() -> sessions.all().size() == 1);
      assertThat(ready).hasSize(round);
      bus.destroyForcibly();
      fixture.until(() -> links.isEmpty());
      assertThat(sessionBuses()).isEmpty();
      processes.strangerEnds((int) bus.pid());
      assertThat(sessions.all()).isEmpty();
    }
    assertThat(messages.warnings()).isEmpty();
  }

  @Test
  void sessionsAreOnTheRuntimeBusAgainWhenItComesBack() throws IOException {
    var session = register(runtimeAddress());
    buses.begin();
    for (int round = 1; round <= 2; round++) {
      var bus = fixture.bus(runtimeAddress());
      buses.runtimeBusChanged();
      fixture.until(() -> !links.isEmpty());
      assertThat(sessions.find(session.id())).isEqualTo(session);
      bus.destroyForcibly();
      fixture.until(() -> links.isEmpty());
      assertThat(sessionBuses()).isEmpty();
    }
  }

  /** A runtime bus that is gone whenever somebody has joined it, and back at once. */
  private final class Fickle {
    private int joined;
    private PeerListener listener;

    Fickle() throws FileFault {
      listener = listen();
    }

    private PeerListener listen() throws FileFault {
      var plan =
          new PeerListener.Plan(
              runtime.resolve("bus").toString(), "", this::take, new FakeOwner(), messages::warn);
      var listener = new PeerListener(fixture.transport, plan);
      listener.settle();
      return listener;
    }

    private void take(Call call) {
      switch (call.member()) {
        case "Hello" -> call.answer("s", ":1.1");
        case "RequestName" -> {
          joined++;
          call.answer("u", new UInt32(1));
        }
        default -> fixture.loop.soon(this::comeBack);
      }
    }

    private void comeBack() {
      listener.close();
      try {
        listener = listen();
      } catch (FileFault fault) {
        throw new AssertionError(fault);
      }
    }
  }

  @Test
  void aRuntimeBusThatThrowsTheDaemonOutIsNotJoinedForEver() throws FileFault {
    var bus = new Fickle();
    buses.begin();
    var over = new ArrayList<String>();
    fixture.loop.timers().after(Duration.ofSeconds(2), () -> over.add("over"));
    fixture.until(() -> !over.isEmpty());
    bus.listener.close();
    assertThat(bus.joined).isBetween(2, 10);
  }

  @Test
  void aRuntimeSocketWithoutAListenerIsTriedForAWhileHoweverOftenItChanges() throws IOException {
    silent("runtime/bus").close();
    buses.begin();
    for (int i = 0; i < 100; i++) {
      buses.runtimeBusChanged();
    }
    assertThat(fixture.loop.timers().pending()).isEqualTo(1);
    for (int i = 0; i < 15; i++) {
      fixture.advance(Duration.ofSeconds(1));
    }
    assertThat(fixture.loop.timers().pending()).as("a bus may be as slow").isEqualTo(1);
    for (int i = 0; i < 15; i++) {
      fixture.advance(Duration.ofSeconds(1));
    }
    assertThat(fixture.loop.timers().pending()).isZero();
    assertThat(messages.warnings()).isEmpty();
  }

  @Test
  void aRuntimeBusThatBeginsToListenLateIsJoined() throws IOException {
    silent("runtime/bus").close();
    buses.begin();
    Files.delete(runtime.resolve("bus"));
    var bus = fixture.bus(runtimeAddress());
    processes.strangerLives((int) bus.pid());
    fixture.until(() -> sessions.all().size() == 1);
  }

  @Test
  void noDescriptorAndNoTimerIsLeftOfManyBuses() throws IOException {
    fixture.bus(address("a"));
    fixture.bus(address("b"));
    int first = leader();
    int second = leader();
    int third = leader();
    long open = 0;
    for (int i = 0; i < 50; i++) {
      int before = ready.size();
      register(first, address("a"));
      register(second, address("b"));
      register(third, address("none"));
      fixture.until(() -> ready.size() == before + 2);
      List.copyOf(sessions.all()).forEach(session -> sessions.unregister(session.id()));
      fixture.turns(3);
      open = i == 0 ? BusFixture.openDescriptors() : open;
    }
    // those of other tests in this JVM may be closed meanwhile
    assertThat(BusFixture.openDescriptors()).isLessThanOrEqualTo(open);
    fixture.advance(Duration.ofSeconds(30));
    assertThat(fixture.loop.timers().pending()).isZero();
  }
}
