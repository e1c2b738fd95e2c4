package org.usersvc.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixDatagrams;

/** The socket of the kernel, and another process that sends. */
final class RealNotifySocketTest {
  private static final String SENDER =
      """
      import array, os, socket, sys
      to = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      to.connect(sys.argv[1])
      for i in range(int(sys.argv[2])):
        to.send(b'STATUS=%d' % i)
      end, barrier = os.pipe()
      rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [barrier]))
      to.sendmsg([b'BARRIER=1'], [rights])
      os.close(barrier)
      sys.exit(len(os.read(end, 1)))
      """;

  @TempDir private Path root;
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(new EpollPoller(), Clock.SYSTEM, bugs::add);
  private final List<String> said = new ArrayList<>();
  private final List<Integer> pids = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();
  private Path path = Path.of("");

  @BeforeEach
  void place() {
    path = root.resolve("notify");
  }

  @AfterEach
  void nothingWentWrong() {
    assertThat(bugs).isEmpty();
    assertThat(said).isEmpty();
  }

  private NotifySocket listen() throws IOException {
    var parts =
        new NotifySocket.Parts(
            new PosixFileSystem(), new UnixDatagrams(), loop, said::add, SelfProcess.uid());
    return new NotifySocket(parts, path.toString(), this::take);
  }

  private void take(int pid, Notification notification) {
    pids.add(pid);
    statuses.add(String.valueOf(notification.status()));
  }

  private void until(BooleanSupplier condition) {
    var late = new boolean[1];
    var deadline = loop.timers().after(Duration.ofSeconds(10), () -> late[0] = true);
    while (!condition.getAsBoolean() && !late[0]) {
      int before = pids.size();
      loop.runOneTurn(true);
      assertThat(pids.size() - before).as("in one turn").isLessThanOrEqualTo(16);
    }
    deadline.cancel();
    assertThat(late[0]).as("deadline, taken: %s", pids.size()).isFalse();
  }

  @Test
  void aFloodAndItsBarrierGoThroughInOrder() throws IOException, InterruptedException {
    var socket = listen();
    var sender = new ProcessBuilder("python3", "-c", SENDER, path.toString(), "10000").inheritIO();
    var process = sender.start();
    var ended = new boolean[1];
    var told = process.onExit().thenRun(() -> loop.mailbox().post(() -> ended[0] = true));
    until(() -> ended[0]);
    told.join();
    assertThat(process.waitFor()).as("the barrier was closed, not written to").isZero();
    assertThat(statuses).hasSize(10_000).startsWith("0", "1", "2").endsWith("9999");
    assertThat(pids).containsOnly((int) process.pid());
    socket.close();
  }

  @Test
  void theSocketGoesWithItsOwner() throws IOException {
    var first = listen();
    var second = listen();
    first.close();
    assertThat(path)
        .as("it is the second one's")
        .satisfies(each -> assertThat(Files.exists(each)).isTrue());
    second.close();
    assertThat(Files.exists(path)).isFalse();
  }
}
