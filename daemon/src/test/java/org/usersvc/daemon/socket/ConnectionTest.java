package org.usersvc.daemon.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.files.FakeLocalSockets;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.os.PosixFileSystem;

final class ConnectionTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private final FakeClock clock = new FakeClock();
  private final FakePoller poller = FakePoller.ofNamed();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  private final FakeLocalSockets sockets = new FakeLocalSockets();
  private final PosixFileSystem files = new PosixFileSystem();
  private final List<String> dropped = new ArrayList<>();
  private final Budget budget = new Budget(16 * MEBIBYTE, loop.timers(), dropped::add);
  private final List<String> requests = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private FakeClient client;
  private Connection connection;

  @BeforeEach
  void connect() throws IOException {
    client = new FakeClient(files);
    Set<Connection> toFlush = new HashSet<>();
    var turns = new Turns(loop.pieces());
    var parts = new Connection.Parts(files, sockets, loop, this::take, turns, budget, toFlush);
    loop.at(
        TurnEnd.SEND,
        () -> {
          List.copyOf(toFlush).forEach(Connection::flush);
          toFlush.clear();
        });
    connection = new Connection(client.descriptor(), 1, parts, _ -> closed.add("connection"));
    turn();
  }

  private void take(byte[] line, int length, Answer answer) {
    String request = new String(line, 0, length, UTF_8);
    if (request.equals("mistake")) {
      throw new IllegalStateException(request);
    }
    requests.add(request);
    answer.whenClosed(() -> closed.add("request"));
  }

  @AfterEach
  void everythingIsReleased() throws IOException {
    connection.finish();
    client.close();
    assertThat(bugs).isEmpty();
    assertThat(closed.stream().filter("connection"::equals)).hasSize(1);
    assertThat(poller.watched()).isEmpty();
    assertThat(loop.timers().pending()).isEqualTo(dropped.size());
    assertThat(budget.taken()).isZero();
    var descriptor = Path.of("/proc/self/fd/" + client.descriptor());
    assertThat(Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private void send(String text) throws IOException {
    client.write(text);
    ready();
  }

  private void ready() {
    poller.ready(client.descriptor());
    turn();
  }

  private void turn() {
    loop.runOneTurn(false);
    loop.runOneTurn(false);
  }

  private boolean isOpen() {
    return poller.watched().containsKey(client.descriptor());
  }

  @Test
  void aRequestMayComeInPieces() throws IOException {
    send("{\"verb\":");
    send("\"list\"");
    assertThat(requests).isEmpty();
    send("}\n");
    assertThat(requests).containsExactly("{\"verb\":\"list\"}");
  }

  @Test
  void onlyTheFirstLineIsTaken() throws IOException {
    send("first\nsecond\n");
    send("third\n");
    assertThat(requests).containsExactly("first");
  }

  @Test
  void linesAreMarkedAndTheEndClosesTheConnection() throws IOException {
    send("x\n");
    connection.out("größe");
    connection.err("oops");
    connection.end(3);
    connection.out("too late");
    connection.end(4);
    turn();
    assertThat(sockets.received()).isEqualTo("1 größe\n2 oops\n= 3\n");
    assertThat(closed).containsExactly("request", "connection");
    assertThat(isOpen()).isFalse();
  }

  @Test
  void anAnswerWithoutEndKeepsTheConnectionOpen() throws IOException {
    send("x\n");
    connection.out("event");
    turn();
    assertThat(sockets.received()).isEqualTo("1 event\n");
    clock.advance(Duration.ofDays(1));
    turn();
    assertThat(isOpen()).isTrue();
  }

  @Test
  void aRequestOfOneMebibyteIsTaken() throws IOException {
    String kibibyte = "x".repeat(1024);
    for (int i = 0; i < 1024; i++) {
      send(kibibyte);
    }
    assertThat(requests).isEmpty();
    send("\nmore");
    assertThat(requests).containsExactly(kibibyte.repeat(1024));
  }

  @Test
  void aLongerRequestIsRefusedBeforeItsEnd() throws IOException {
    String kibibyte = "x".repeat(1024);
    for (int i = 0; i < 1024; i++) {
      send(kibibyte);
    }
    assertThat(sockets.received()).isEmpty();
    send("x");
    assertThat(requests).isEmpty();
    assertThat(sockets.received()).startsWith("2 usersvc: ").contains("1 MiB").endsWith("= 100\n");
    assertThat(isOpen()).isFalse();
  }

  @Test
  void whoHasMostOfTheMemoryIsRefused() throws IOException {
    String kibibyte = "x".repeat(1024);
    for (int i = 0; i < 64; i++) {
      send(kibibyte);
    }
    var greedy = new ArrayList<String>();
    var other = budget.share(new Greedy(greedy));
    other.has(15 * MEBIBYTE);
    assertThat(sockets.received()).isEmpty();
    other.has(16 * MEBIBYTE);
    assertThat(greedy).containsExactly("dropped");
    assertThat(sockets.received()).isEmpty();
    var some = budget.share(new Greedy(greedy));
    var more = budget.share(new Greedy(greedy));
    for (var small : List.of(some, more)) {
      small.has(100_000);
    }
    assertThat(dropped).singleElement().asString().startsWith("greedy has 16384 KiB of the 16384");
    some.has(0);
    more.has(0);
  }

  /** Somebody else who takes memory. */
  private record Greedy(List<String> told) implements Budget.Owner {
    @Override
    public String describe() {
      return "greedy";
    }

    @Override
    public void drop() {
      told.add("dropped");
    }
  }

  @Test
  void aRequestThatTakesMostOfItIsRefused() throws IOException {
    var others = new ArrayList<Budget.Share>();
    for (int i = 0; i < 139; i++) {
      var share = budget.share(new Greedy(new ArrayList<>()));
      share.has(119_000);
      others.add(share);
    }
    String kibibyte = "x".repeat(1024);
    for (int i = 0; i < 128 && isOpen(); i++) {
      send(kibibyte);
    }
    others.forEach(share -> share.has(0));
    assertThat(sockets.received()).startsWith("2 usersvc: too many").endsWith("= 100\n");
    assertThat(requests).isEmpty();
    assertThat(dropped).singleElement().asString().contains("pid 1, has ");
  }

  @Test
  void anAnswerThatNobodyReadsIsGivenUpForOthers() throws IOException {
    sockets.room(0);
    send("{}\n");
    connection.out("x".repeat(7 * MEBIBYTE));
    assertThat(isOpen()).isTrue();
    var others = new ArrayList<Budget.Share>();
    for (int i = 0; i < 2; i++) {
      others.add(budget.share(new Greedy(new ArrayList<>())));
      others.getLast().has(5 * MEBIBYTE);
    }
    assertThat(isOpen()).isFalse();
    assertThat(closed).containsExactly("request", "connection");
    others.forEach(share -> share.has(0));
  }

  @Test
  void aRequestThatFindsAMistakeIsAnsweredAllTheSame() throws IOException {
    send("mistake\n");
    assertThat(sockets.received())
        .isEqualTo("2 usersvc: an error inside usersvcd, see its log\n= 1\n");
    assertThat(bugs).hasSize(1);
    bugs.clear();
  }

  @Test
  void aRequestHasTenSeconds() throws IOException {
    send("{");
    clock.advance(Duration.ofMillis(9_999));
    turn();
    assertThat(isOpen()).isTrue();
    clock.advance(Duration.ofMillis(1));
    turn();
    assertThat(sockets.received()).startsWith("2 usersvc: ").contains("10 s").endsWith("= 100\n");
    assertThat(isOpen()).isFalse();
    assertThat(requests).isEmpty();
  }

  @Test
  void aSlowClientGetsItsAnswerBitByBit() throws IOException {
    send("x\n");
    sockets.room(4);
    connection.out("0123456789");
    connection.end(0);
    turn();
    assertThat(sockets.received()).isEqualTo("1 01");
    assertThat(poller.watched())
        .containsEntry(client.descriptor(), new FakePoller.Interest(true, true));
    client.write("more, so that reading does not block");
    sockets.room(100);
    ready();
    assertThat(sockets.received()).isEqualTo("1 0123456789\n= 0\n");
    assertThat(isOpen()).isFalse();
  }

  @Test
  void aClientThatDoesNotReadIsCutOffAtEightMebibytes() throws IOException {
    send("x\n");
    sockets.room(0);
    String half = "y".repeat(MEBIBYTE / 2 - 3);
    for (int i = 0; i < 16; i++) {
      connection.out(half);
      turn();
    }
    assertThat(isOpen()).isTrue();
    connection.out("z");
    assertThat(isOpen()).isFalse();
    assertThat(closed).containsExactly("request", "connection");
  }

  @Test
  void aClientThatLeavesBeforeItHasAskedIsForgotten() throws IOException {
    send("{\"verb\"");
    client.close();
    ready();
    assertThat(requests).isEmpty();
    assertThat(sockets.received()).isEmpty();
    assertThat(isOpen()).isFalse();
  }

  @Test
  void aClientThatClosesItsSendingHalfStillGetsItsAnswer() throws IOException {
    send("x\n");
    client.close();
    ready();
    assertThat(isOpen()).isTrue();
    assertThat(poller.watched())
        .as("no busy loop on the end of file")
        .containsEntry(client.descriptor(), new FakePoller.Interest(false, false));
    connection.out("answer");
    connection.end(0);
    turn();
    assertThat(sockets.received()).isEqualTo("1 answer\n= 0\n");
  }

  @Test
  void aHalfClosedClientThatIsGoneIsForgotten() throws IOException {
    send("x\n");
    client.close();
    ready();
    ready();
    assertThat(closed).containsExactly("request", "connection");
  }

  @Test
  void aClientThatIsGoneIsForgotten() throws IOException {
    send("x\n");
    sockets.breakOff();
    connection.out("answer");
    turn();
    assertThat(closed).containsExactly("request", "connection");
    connection.out("more");
    connection.end(0);
    turn();
  }
}
