package org.usersvc.daemon.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.scan.WatchTable;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;

/** With real directories. */
final class RepeatedWatchesTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final InotifyWatches inotify = new InotifyWatches();
  private final EventLoop loop =
      new EventLoop(FakePoller.ofAll(), new FakeClock(), bug -> fail("a bug", bug));
  private final WatchTable table =
      new WatchTable(
          new Platform(
              files,
              new FakeProcesses(),
              inotify,
              loop,
              new FakeMessages(),
              new RuntimeDirectory(files, "/nowhere")));
  private final List<String> warnings = new ArrayList<>();
  private int made;
  private int changes;

  private final RepeatedWatches watches = new RepeatedWatches(this::make, warnings::add);

  private PathWatch make(Runnable action, Runnable content) {
    made++;
    return new PathWatch(files, table, action, content);
  }

  @BeforeEach
  void begin() {
    table.begin();
  }

  @AfterEach
  void end() {
    table.end();
    files.close(inotify.descriptor());
    assertThat(warnings).isEmpty();
  }

  /** How many changes were reported since the last call: some or none. */
  private boolean changed() {
    int before = changes;
    loop.runOneTurn(false);
    return changes > before;
  }

  /** What was told in one turn, each once: {@code content}, {@code way}. */
  private List<String> told(List<String> all) {
    all.clear();
    loop.runOneTurn(false);
    return all.stream().distinct().toList();
  }

  @Test
  void contentIsToldApartFromTheWayThere() throws Exception {
    var all = new ArrayList<String>();
    var file = root.resolve("a/b");
    watches.watchContent(file.toString(), false, content -> all.add(content ? "content" : "way"));
    Files.createDirectory(root.resolve("a"));
    assertThat(told(all)).containsExactly("way");
    Files.writeString(file, "1");
    assertThat(told(all)).containsExactly("content");
    try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(1);
      assertThat(told(all)).isEmpty();
    }
    assertThat(told(all)).containsExactly("content");
    Files.writeString(root.resolve("a/other"), "1");
    assertThat(told(all)).isEmpty();
    Files.delete(file);
    assertThat(told(all)).containsExactly("content");
  }

  @Test
  void eachWriteIsToldOnlyToThoseWhoAsk() throws Exception {
    var all = new ArrayList<String>();
    var file = Files.writeString(root.resolve("b"), "1");
    watches.watchContent(file.toString(), true, _ -> all.add("write"));
    watches.watchContent(file.toString(), false, _ -> all.add("closed"));
    try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(1);
      assertThat(told(all)).containsExactly("write");
    }
    assertThat(told(all)).contains("closed");
  }

  @Test
  void entriesOfADirectoryAreItsContent() throws Exception {
    var all = new ArrayList<String>();
    watches.watchContent(root.toString(), false, content -> all.add(content ? "content" : "way"));
    Files.writeString(root.resolve("x"), "1");
    assertThat(told(all)).containsExactly("content");
  }

  private Runnable watch(Path path, boolean into) {
    return watches.watch(path.toString(), into, () -> changes++);
  }

  @Test
  void aPathThatComesIsNoticedHoweverMuchOfItIsMissing() throws IOException {
    watch(root.resolve("a/b"), false);
    Files.createDirectory(root.resolve("a"));
    assertThat(changed()).isTrue();
    Files.createFile(root.resolve("a/b"));
    assertThat(changed()).isTrue();
    Files.delete(root.resolve("a/b"));
    assertThat(changed()).isTrue();
    assertThat(changed()).isFalse();
  }

  @Test
  void entriesOfADirectoryAreNoticedIfTheyMatter() throws IOException {
    watch(root, true);
    Files.createFile(root.resolve("entry"));
    assertThat(changed()).isTrue();
  }

  @Test
  void anEndedWatchNoticesNothingAndItsPartsAreUsedAgain() throws IOException {
    var end = watch(root, true);
    end.run();
    end.run();
    Files.createFile(root.resolve("entry"));
    assertThat(changed()).isFalse();
    watch(root, true);
    end.run();
    Files.createFile(root.resolve("other"));
    assertThat(changed()).isTrue();
    assertThat(made).isOne();
  }
}
