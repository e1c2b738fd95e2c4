package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EpollPollerTest {
  private static final EpollPoller POLLER = new EpollPoller();

  private final PosixFileSystem files = new PosixFileSystem();
  private int[] pipe = {};

  @BeforeEach
  void open() throws IOException {
    pipe = files.pipe();
  }

  @AfterEach
  void close() {
    files.close(pipe[0]);
    files.close(pipe[1]);
  }

  private List<Integer> await(int millis) {
    var ready = new ArrayList<Integer>();
    POLLER.await(millis, ready::add);
    return ready;
  }

  private void write() throws IOException {
    try (var out = new FileOutputStream("/proc/self/fd/" + pipe[1])) {
      out.write('x');
    }
  }

  @Test
  void tellsOfWhatIsReadableUntilItIsRead() throws IOException {
    POLLER.watch(pipe[0]);
    assertThat(await(0)).isEmpty();
    write();
    assertThat(await(10_000)).containsExactly(pipe[0]);
    assertThat(await(0)).containsExactly(pipe[0]);
    files.read(pipe[0], new byte[10]);
    assertThat(await(0)).isEmpty();
    POLLER.forget(pipe[0]);
  }

  @Test
  void tellsOnlyOfWhatIsOfInterest() throws IOException {
    POLLER.watch(pipe[0]);
    POLLER.watch(pipe[1]);
    write();
    POLLER.change(pipe[0], false, false);
    assertThat(await(0)).isEmpty();
    POLLER.change(pipe[1], false, true);
    assertThat(await(10_000)).containsExactly(pipe[1]);
    POLLER.forget(pipe[1]);
    POLLER.change(pipe[0], true, false);
    assertThat(await(10_000)).containsExactly(pipe[0]);
    POLLER.forget(pipe[0]);
    assertThat(await(0)).isEmpty();
  }

  @Test
  void tellsOfALostOtherEndWhateverIsOfInterest() {
    POLLER.watch(pipe[0]);
    POLLER.change(pipe[0], false, false);
    files.close(pipe[1]);
    assertThat(await(10_000)).containsExactly(pipe[0]);
    POLLER.forget(pipe[0]);
  }

  @Test
  void forgettingWhatIsNotWatchedIsABug() {
    assertThatIllegalStateException().isThrownBy(() -> POLLER.forget(pipe[0]));
  }

  @Test
  void wakingEndsASleepAndTellsOfNothing() throws InterruptedException {
    var ready = new ArrayList<Integer>();
    var sleeper = Thread.ofPlatform().daemon().start(() -> ready.addAll(await(60_000)));
    POLLER.wake();
    assertThat(sleeper.join(Duration.ofSeconds(10))).isTrue();
    assertThat(ready).isEmpty();
  }

  @Test
  void wakingWorksAgainAndAgain() throws InterruptedException {
    var sleeper =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              for (int i = 0; i < 1000; i++) {
                POLLER.wake();
                POLLER.wake();
                await(60_000);
              }
            });
    assertThat(sleeper.join(Duration.ofSeconds(10))).isTrue();
    assertThat(await(0)).isEmpty();
  }
}
