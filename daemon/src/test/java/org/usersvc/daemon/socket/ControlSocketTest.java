package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.adopt.Adoption;
import org.usersvc.daemon.enable.AvailableServices;
import org.usersvc.daemon.enable.Enabling;
import org.usersvc.daemon.files.FakeLocalSockets;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.supervise.FakeLogs;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.trigger.Memory;

final class ControlSocketTest {
  private static final int OWN_UID = 1000;

  @TempDir private Path root;
  private final FakeClock clock = new FakeClock();
  private final FakePoller poller = FakePoller.ofNamed();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  private final PosixFileSystem files = new PosixFileSystem();
  private final FakeLocalSockets sockets = new FakeLocalSockets();
  private final FakeMessages messages = new FakeMessages();
  private final InotifyWatches watches = new InotifyWatches();
  private FakeClient client;
  private ControlSocket socket;

  @BeforeEach
  void listen() throws IOException {
    client = new FakeClient(files);
    var platform =
        new Platform(
            files,
            new FakeProcesses(),
            watches,
            loop,
            messages,
            RuntimeDirectory.make(files, root.toString()));
    var memory = new Memory(root + "/schedule", clock::nanos);
    var supervisor =
        new Supervisor(
            platform, new FakeLogs().listeners(), new Adoption(platform), root.toString(), memory);
    var enabling = new Enabling(files, new AvailableServices(files, List.of()), root.toString());
    var backend = FakeBackend.of(platform, sockets, supervisor, enabling);
    var budget = new Budget(16 << 20, loop.timers(), messages::warn);
    socket = new ControlSocket(backend, sockets, budget, root + "/control", OWN_UID);
    socket.settle();
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    client.close();
    files.close(watches.descriptor());
    assertThat(poller.watched()).isEmpty();
    assertThat(bugs).isEmpty();
  }

  private void connect(int uid) {
    sockets.connect(client.descriptor(), uid);
    poller.ready(FakeLocalSockets.LISTENER);
    loop.runOneTurn(false);
  }

  private void ask(String line) throws IOException {
    client.write(line + "\n");
    poller.ready(client.descriptor());
    loop.runOneTurn(false);
    loop.runOneTurn(false);
  }

  @Test
  void theSameUserAndRootAreServed() throws IOException {
    connect(OWN_UID);
    ask("{\"verb\":\"version\"}");
    assertThat(sockets.received()).startsWith("1 usersvcd ").endsWith("\n= 0\n");
    client = new FakeClient(files);
    connect(0);
    assertThat(poller.watched()).containsKey(client.descriptor());
  }

  @Test
  void anotherUserIsTurnedAway() {
    connect(OWN_UID + 1);
    assertThat(poller.watched()).containsOnlyKeys(FakeLocalSockets.LISTENER);
    assertThat(messages.warnings()).singleElement().asString().contains("uid 1001");
  }

  @Test
  void oneThatIsGoneBeforeItIsKnownLeavesNothing() {
    sockets.breakOff();
    connect(OWN_UID);
    assertThat(poller.watched()).containsOnlyKeys(FakeLocalSockets.LISTENER);
    assertThat(messages.warnings()).isEmpty();
    assertThatThrownBy(() -> client.write("x")).hasMessageContaining("Broken pipe");
  }

  @Test
  void unfitRequestsAreAnsweredWithTheReason() throws IOException {
    connect(OWN_UID);
    ask("{\"verb\":\"dance\"}");
    assertThat(sockets.received())
        .startsWith("2 usersvc: unknown verb dance")
        .endsWith("\n= 100\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "next"})
  void switchingTakesNoPathThatIsEmptyOrRelative(String path) throws IOException {
    connect(OWN_UID);
    ask("{\"verb\":\"switch\",\"dir\":\"" + path + "\"}");
    assertThat(sockets.received())
        .isEqualTo(
            "2 usersvc: switch needs the absolute path of a directory, not '"
                + path
                + "'\n= 100\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "disable"})
  void enablingTakesNoEmptyName(String verb) throws IOException {
    connect(OWN_UID);
    ask("{\"verb\":\"" + verb + "\",\"words\":[\"foot\",\"\"]}");
    assertThat(sockets.received())
        .isEqualTo("2 usersvc: " + verb + " needs names of services, and one is empty\n= 100\n");
  }

  @Test
  void aLackOfDescriptorsIsWaitedOut() {
    sockets.exhausted(true);
    connect(OWN_UID);
    assertThat(messages.warnings()).singleElement().asString().contains("retrying");
    assertThat(poller.watched()).as("no busy loop").isEmpty();
    sockets.exhausted(false);
    clock.advance(Duration.ofSeconds(1));
    loop.runOneTurn(false);
    poller.ready(FakeLocalSockets.LISTENER);
    loop.runOneTurn(false);
    assertThat(poller.watched()).containsKey(client.descriptor());
  }

  @Test
  void aSocketThatIsMadeAnewWhileItRestsIsReadAgain() throws IOException {
    sockets.exhausted(true);
    connect(OWN_UID);
    assertThat(poller.watched()).isEmpty();
    sockets.exhausted(false);
    socket.settle();
    assertThat(poller.watched()).containsOnlyKeys(FakeLocalSockets.LISTENER);
    poller.ready(FakeLocalSockets.LISTENER);
    loop.runOneTurn(false);
    assertThat(poller.watched()).containsKey(client.descriptor());
  }

  @Test
  void theEldestThatAsksNothingMakesWay() throws IOException {
    connect(OWN_UID);
    var idle = client;
    sockets.exhausted(true);
    client = new FakeClient(files);
    connect(OWN_UID);
    assertThat(sockets.received())
        .isEqualTo("2 usersvc: too many clients at once; try again\n= 100\n");
    assertThat(poller.watched()).doesNotContainKey(idle.descriptor());
    assertThat(messages.warnings()).isEmpty();
    sockets.exhausted(false);
    poller.ready(FakeLocalSockets.LISTENER);
    loop.runOneTurn(false);
    assertThat(poller.watched()).containsKey(client.descriptor());
    idle.close();
  }

  /** What it has sent before it was taken in is found without being told of. */
  @Test
  void whatWasSentBeforeIsReadInPieces() throws IOException {
    client.write("x".repeat(3 * 4096) + "\n");
    connect(OWN_UID);
    assertThat(sockets.received()).startsWith("2 usersvc: ").endsWith("= 100\n");
  }

  @Test
  void closingLetsGoOfEveryClient() throws IOException {
    connect(OWN_UID);
    ask("{\"verb\":\"events\"}");
    assertThat(poller.watched()).hasSize(2);
  }
}
