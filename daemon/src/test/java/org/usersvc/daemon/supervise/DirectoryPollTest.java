package org.usersvc.daemon.supervise;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's inotify watches are used up. */
final class DirectoryPollTest {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
    tree.watches.refuseAll();
  }

  @AfterEach
  void close() {
    tree.close();
  }

  @Test
  void servicesRunAndThatIsToldOnce() throws IOException {
    tree.service("foo");
    tree.service("bar");
    tree.start();
    tree.advance(PAUSE.multipliedBy(3));
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("foo/run", "bar/run");
    assertThat(tree.messages.warnings()).singleElement().asString().contains("every 5 s");
  }

  @Test
  void whatComesAndGoesIsNoticedALittleLater() throws IOException {
    tree.start();
    tree.service("foo");
    tree.advance(PAUSE);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    Files.move(tree.scan.resolve("foo"), root.resolve("foo"), ATOMIC_MOVE);
    tree.advance(PAUSE);
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
  }

  @Test
  void aRunThatComesOrIsMendedIsNoticedALittleLater() throws IOException {
    Files.createDirectory(tree.scan.resolve("foo"));
    tree.start();
    TreeFixture.script(tree.scan.resolve("foo"), "run");
    tree.advance(PAUSE);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aLinkThatLeadsElsewhereIsNoticedALittleLater() throws IOException {
    Files.createSymbolicLink(tree.scan.resolve("foo"), root.resolve("there"));
    tree.start();
    TreeFixture.script(Files.createDirectory(root.resolve("there")), "run");
    tree.advance(PAUSE);
    assertThat(tree.supervisor.services())
        .singleElement()
        .extracting(ServiceRecord::name)
        .isEqualTo("foo");
  }

  @Test
  void whenThereIsRoomAgainChangesAreToldAtOnce() throws IOException {
    tree.start();
    tree.watches.refuseNoMore();
    tree.service("early");
    tree.advance(PAUSE);
    tree.service("late");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("early/run", "late/run");
    tree.advance(PAUSE); // both have come to stay
    assertThat(tree.loop.timers().pending()).isZero();
  }
}
