package org.usersvc.daemon.mounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.Threads;

/** A mount that hangs is a call that waits until the test lets it go on. */
final class FileThreadTest {
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(new EpollPoller(), Clock.SYSTEM, bugs::add);
  private final List<String> said = new ArrayList<>();
  private final List<String> late = new ArrayList<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private boolean answered;
  private final FileThread thread =
      new FileThread(
          new SlowMount(1, "/net", "nfs"),
          new FileThread.Parts(
              PosixFileSystem::new,
              work -> Threads.start("test-files", work, _ -> {}),
              loop,
              said::add,
              () -> answered = true));

  @AfterEach
  void end() {
    hanging.countDown();
    thread.end();
    assertThat(bugs).isEmpty();
  }

  @Test
  void anAnswerInTimeIsGiven() throws FileFault {
    assertThat(thread.<String>call("/net/a", _ -> "fine", late::add)).isEqualTo("fine");
    assertThat(thread.hang()).isNull();
  }

  @Test
  void aFaultIsTheCallers() {
    var fault = new FileFault("stat", "/net/a", new Errno(Errno.EACCES));
    assertThatThrownBy(() -> thread.call("/net/a", _ -> fail(fault), late::add)).isSameAs(fault);
  }

  private static String fail(FileFault fault) throws FileFault {
    throw fault;
  }

  @Test
  void whatHangsIsNotWaitedForAndToldWhenItAnswers() {
    assertThatThrownBy(() -> thread.call("/net/a", _ -> hang(), late::add))
        .hasMessage("file system /net (nfs) does not answer, and holds /net/a");
    assertThatThrownBy(() -> thread.call("/net/b", _ -> "refused at once", late::add))
        .isInstanceOf(FileFault.class);
    assertThat(Objects.requireNonNull(thread.hang()).fileSystem())
        .isEqualTo("file system /net (nfs)");
    hanging.countDown();
    while (!answered) {
      loop.runOneTurn(true);
    }
    assertThat(late).containsExactly("late");
    assertThat(thread.hang()).isNull();
    assertThat(said).hasSize(2).last().isEqualTo("file system /net (nfs) answers again");
  }

  private String hang() {
    try {
      hanging.await();
    } catch (InterruptedException ignored) { // nobody interrupts
      return "interrupted";
    }
    return "late";
  }
}
