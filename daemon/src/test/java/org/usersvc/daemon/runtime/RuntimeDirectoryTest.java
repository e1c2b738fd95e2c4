package org.usersvc.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FakeScarcity;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.os.PosixFileSystem;

final class RuntimeDirectoryTest {
  private static final Duration PAUSE = Duration.ofMillis(100);

  @TempDir private Path root;
  private final FakeScarcity descriptors = new FakeScarcity();
  private final FakeClock clock = new FakeClock();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, _ -> {});
  private final List<String> told = new ArrayList<>();
  private Path base;
  private Path own;
  private RuntimeDirectory runtime;
  private int settled;
  private boolean full;

  @BeforeEach
  void make() throws IOException {
    base = Files.createDirectory(root.resolve("run"));
    own = base.resolve("usersvc");
    runtime = RuntimeDirectory.make(descriptors.over(new PosixFileSystem()), own.toString());
    runtime.add(this::settle);
    runtime.begin(new RuntimeDirectory.Attention(new Alarm(loop.timers()), _ -> {}, told::add));
  }

  private void settle() throws FileFault {
    settled++;
    if (full) {
      throw new FileFault("write", own + "/state", new Errno(Errno.ENOSPC));
    }
  }

  private void advance(Duration time) {
    clock.advance(time);
    loop.runOneTurn(true);
  }

  private void changed() {
    runtime.changed();
    advance(PAUSE);
  }

  private void remove() throws IOException {
    for (var each : List.of("supervise", "pipes", "")) {
      Files.delete(own.resolve(each));
    }
  }

  @Test
  void whereItMayItIsMadeAnew() throws IOException {
    remove();
    changed();
    assertThat(own.resolve("supervise")).isDirectory();
    assertThat(own.resolve("pipes")).isDirectory();
    assertThat(settled).isOne();
    assertThat(told).singleElement().asString().contains(own.toString(), "made anew");
    assertThat(runtime.isThere()).isTrue();
  }

  @Test
  void itIsLookedAtWhenAllHasComeToRest() throws IOException {
    runtime.changed();
    runtime.changed();
    advance(PAUSE.minusMillis(1));
    assertThat(settled).isZero();
    assertThat(loop.timers().pending()).isOne();
    advance(Duration.ofMillis(1));
    assertThat(settled).isOne();
    assertThat(told).isEmpty();
    assertThat(loop.timers().pending()).isZero();
  }

  @Test
  void aBaseThatOnlyTheUserCanHaveRemovedIsMadeAnewToo() throws IOException {
    remove();
    Files.delete(base);
    changed();
    assertThat(own).isDirectory();
  }

  @Test
  void thatNoDescriptorIsLeftIsNoLoss() {
    descriptors.leave(0);
    changed();
    assertThat(runtime.isThere()).isTrue();
    assertThat(settled).isOne();
    assertThat(told).isEmpty();
  }

  @Test
  void anotherOneIsFoundWhenDescriptorsAreFree() throws IOException {
    remove();
    descriptors.leave(0);
    changed();
    descriptors.end();
    runtime.roomier();
    advance(PAUSE);
    assertThat(runtime.isThere()).isTrue();
    assertThat(settled).isOne();
  }

  @Test
  void itsGoingAndItsComingAreToldOnceEach() throws IOException {
    remove();
    Files.delete(base);
    Files.createFile(base);
    changed();
    changed();
    assertThat(runtime.failed()).isFalse();
    assertThat(runtime.isThere()).isFalse();
    assertThat(settled).isZero();
    assertThat(told).singleElement().asString().contains(own.toString(), "services go on");
    assertThat(loop.timers().pending()).isZero();
    Files.delete(base);
    Files.createDirectory(base);
    changed();
    assertThat(runtime.isThere()).isTrue();
    assertThat(told).hasSize(2);
    changed();
    assertThat(told).hasSize(2);
  }

  @Test
  void whoFailsToWriteNoticesThatItHasGone() throws IOException {
    remove();
    assertThat(runtime.failed()).isFalse();
    advance(PAUSE);
    assertThat(own).isDirectory();
    assertThat(settled).isOne();
  }

  @Test
  void aDirectoryOfOthersIsNotUsed() throws IOException {
    remove();
    Files.delete(base);
    Files.createDirectory(base);
    Files.setPosixFilePermissions(
        base, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    changed();
    assertThat(own).doesNotExist();
    assertThat(told).singleElement().asString().contains("not yours alone");
  }

  @Test
  void troubleIsToldOnceAndTriedAgainLessAndLessOften() {
    full = true;
    assertThat(runtime.failed()).isTrue();
    assertThat(runtime.failed()).isFalse();
    for (int seconds : new int[] {1, 1, 2, 4, 8, 16, 32, 60, 60}) {
      int before = settled;
      advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(settled).isEqualTo(before);
      advance(Duration.ofMillis(1));
      assertThat(settled).isEqualTo(before + 1);
    }
    assertThat(told).isEmpty();
    full = false;
    changed();
    assertThat(told).singleElement().asString().contains("is there again");
    assertThat(loop.timers().pending()).isZero();
    assertThat(runtime.failed()).isTrue();
  }

  @Test
  void nothingIsTriedAgainThatCannotHelp() {
    var fault = new FileFault("bind", own + "/control", new Errno(Errno.ENAMETOOLONG));
    runtime.add(() -> {
      throw fault;
    });
    assertThat(runtime.failed(fault)).isTrue();
    assertThat(runtime.failed(fault)).isFalse();
    changed();
    assertThat(settled).isEqualTo(1);
    advance(Duration.ofHours(1));
    assertThat(settled).isEqualTo(1);
    assertThat(told).isEmpty();
  }
}
