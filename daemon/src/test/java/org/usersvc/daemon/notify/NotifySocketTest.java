package org.usersvc.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.os.PosixFileSystem;

final class NotifySocketTest {
  private static final int MOST_A_TURN = 16;

  private record Taken(int pid, Notification notification) {}

  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final FakeClock clock = new FakeClock();
  private final FakePoller poller = FakePoller.ofAll();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  private final FakeDatagramSockets sockets = new FakeDatagramSockets();
  private final List<String> said = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private NotifySocket.Taker taker = (pid, each) -> taken.add(new Taken(pid, each));
  private int[] pipe = {};

  @BeforeEach
  void open() throws FileFault {
    pipe = files.pipe();
  }

  @AfterEach
  void close() {
    files.close(pipe[0]);
    files.close(pipe[1]);
  }

  private NotifySocket listen() throws FileFault {
    var parts = new NotifySocket.Parts(files, sockets, loop, said::add, FakeDatagramSockets.UID);
    return new NotifySocket(
        parts, root.resolve("notify").toString(), (pid, each) -> taker.notified(pid, each));
  }

  private void turn() {
    loop.runOneTurn(false);
  }

  private boolean isOpen(int descriptor) {
    return Files.exists(Path.of("/proc/self/fd/" + descriptor));
  }

  /** A descriptor as it would come with a message. */
  private int descriptor() throws FileFault {
    var some = files.pipe();
    files.close(some[0]);
    return some[1];
  }

  @Test
  void tellsWhoSaysWhat() throws FileFault {
    listen();
    sockets.send(5, "READY=1");
    sockets.send(6, "STATUS=x");
    turn();
    assertThat(taken).extracting(Taken::pid).containsExactly(5, 6);
    assertThat(taken.getFirst().notification().ready()).isTrue();
    assertThat(said).isEmpty();
  }

  @Test
  void whatSaysNothingIsNotTold() throws FileFault {
    listen();
    sockets.send(5, "");
    sockets.send(5, "X_ANY=1");
    sockets.send(5, "no assignment at all");
    turn();
    assertThat(sockets.waiting()).isZero();
    assertThat(taken).isEmpty();
  }

  @Test
  void aFloodIsTakenInPortionsAndNothingIsLost() throws FileFault {
    listen();
    for (int i = 1; i <= 10_000; i++) {
      sockets.send(i, "WATCHDOG=1");
    }
    int turns = 0;
    while (sockets.waiting() > 0) {
      int before = taken.size();
      turn();
      turns++;
      assertThat(taken.size() - before).isBetween(1, MOST_A_TURN);
    }
    assertThat(turns).isEqualTo(10_000 / MOST_A_TURN);
    assertThat(taken).extracting(Taken::pid).startsWith(1, 2, 3).endsWith(10_000).isSorted();
  }

  @Test
  void aBarrierIsLiftedWhenEverythingBeforeItHasBeenTaken() throws FileFault {
    listen();
    int barrier = descriptor();
    for (int i = 0; i < MOST_A_TURN; i++) {
      sockets.send(5, "WATCHDOG=1");
    }
    sockets.send(5, "BARRIER=1", barrier);
    turn();
    assertThat(isOpen(barrier)).isTrue();
    turn();
    assertThat(isOpen(barrier)).isFalse();
    assertThat(taken).hasSize(MOST_A_TURN);
    assertThat(said).isEmpty();
  }

  @Test
  void aDescriptorIsOpenUntilItsMessageHasBeenTaken() throws FileFault {
    listen();
    int first = descriptor();
    int second = descriptor();
    taker = (pid, each) -> assertThat(isOpen(first) && isOpen(second)).isTrue();
    sockets.send(5, "FDSTORE=1\nREADY=1", first, second);
    turn();
    assertThat(isOpen(first) || isOpen(second)).isFalse();
    assertThat(bugs).isEmpty();
  }

  @Test
  void aTakerThatFailsLeavesNothingOpenAndTheNextMessageIsTaken() throws FileFault {
    listen();
    int descriptor = descriptor();
    taker =
        (pid, each) -> {
          throw new IllegalStateException("a bug");
        };
    sockets.send(5, "READY=1", descriptor);
    sockets.send(6, "READY=1");
    turn();
    assertThat(isOpen(descriptor)).isFalse();
    assertThat(bugs).hasSize(1);
    taker = (pid, each) -> taken.add(new Taken(pid, each));
    turn();
    assertThat(taken).extracting(Taken::pid).containsExactly(6);
  }

  @Test
  void strangersAreTurnedAwayAndToldOfOnce() throws FileFault {
    listen();
    int descriptor = descriptor();
    sockets.sendAs(0, "READY=1", descriptor);
    sockets.sendAs(0, "READY=1");
    sockets.sendAs(-1, "READY=1");
    turn();
    assertThat(taken).isEmpty();
    assertThat(isOpen(descriptor)).isFalse();
    assertThat(said)
        .containsExactly(
            "notify socket: a message of uid 0 was turned away",
            "notify socket: a message of uid -1 was turned away");
  }

  @Test
  void whatIsTooLongOrHasANulIsRefusedWhole() throws FileFault {
    listen();
    sockets.sendCut(5, "READY=1\nSTATUS=xxx");
    sockets.send(5, "READY=1\n\0");
    turn();
    assertThat(taken).hasSize(2);
    for (var each : taken) {
      assertThat(each.notification().ready()).isFalse();
      assertThat(each.notification().status()).isNull();
    }
    assertThat(taken.getFirst().notification().complaints())
        .containsExactly("it is longer than 4096 bytes, ignoring it");
    assertThat(taken.getLast().notification().complaints())
        .containsExactly("it has a NUL byte, ignoring it");
  }

  @Test
  void withoutMemoryItIsTriedAgainAfterASecond() throws FileFault {
    listen();
    sockets.send(5, "READY=1");
    sockets.exhausted(true);
    turn();
    turn();
    assertThat(said)
        .containsExactly(
            root.resolve("notify") + ": cannot receive a message: out of memory, retrying");
    sockets.exhausted(false);
    clock.advance(Duration.ofSeconds(1));
    turn();
    turn();
    assertThat(taken).hasSize(1);
  }

  @Test
  void nobodyIsHeardAfterClosing() throws FileFault {
    var socket = listen();
    taker =
        (pid, each) -> {
          taken.add(new Taken(pid, each));
          socket.close();
        };
    sockets.send(5, "READY=1");
    sockets.send(6, "READY=1");
    turn();
    turn();
    socket.close();
    assertThat(taken).hasSize(1);
    assertThat(poller.watched()).doesNotContainKey(FakeDatagramSockets.SOCKET);
    assertThat(bugs).isEmpty();
  }

  @Test
  void canBeClosedWhileItPauses() throws FileFault {
    var socket = listen();
    sockets.exhausted(true);
    turn();
    socket.close();
    clock.advance(Duration.ofSeconds(2));
    turn();
    assertThat(poller.watched()).isEmpty();
    assertThat(bugs).isEmpty();
  }
}
