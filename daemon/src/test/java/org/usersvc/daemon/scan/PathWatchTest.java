package org.usersvc.daemon.scan;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;

/** Directories that come and go at the worst moment. */
final class PathWatchTest {
  /** Something that happens once, between two looks. */
  private interface Happening {
    void happen() throws IOException;
  }

  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final InotifyWatches watches = new InotifyWatches();
  private final EventLoop loop =
      new EventLoop(FakePoller.ofAll(), new FakeClock(), bug -> fail("a bug", bug));
  private final WatchTable table =
      new WatchTable(
          new Platform(
              files,
              new FakeProcesses(),
              watches,
              loop,
              new FakeMessages(),
              new RuntimeDirectory(files, "/nowhere")));
  private Happening beforeOpening = () -> {};
  private Path directory;
  private PathWatch watch;
  private int told;

  @BeforeEach
  void begin() {
    directory = root.resolve("a/b/c");
    watch = new PathWatch(interrupted(), table, () -> told++);
  }

  @AfterEach
  void end() {
    files.close(watches.descriptor());
  }

  /** The real files, where something happens before a directory is opened. */
  private FileSystem interrupted() {
    return (FileSystem)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {FileSystem.class},
            (_, method, arguments) -> {
              if (method.getName().equals("openDirectory")) {
                var now = beforeOpening;
                beforeOpening = () -> {};
                now.happen();
              }
              try {
                return method.invoke(files, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private void follow() throws FileFault {
    watch.followInto(directory.toString());
    table.drain();
    told = 0;
  }

  private void tells(Happening happening) throws IOException {
    happening.happen();
    table.drain();
    assertThat(told).isPositive();
  }

  @Test
  void whatIsMadeStepByStepIsTold() throws IOException {
    for (var step : new Path[] {root.resolve("a"), root.resolve("a/b"), directory}) {
      follow();
      tells(() -> Files.createDirectory(step));
    }
    follow();
    tells(() -> Files.createFile(directory.resolve("entry")));
    follow();
    tells(() -> Files.delete(directory.resolve("entry")));
    follow();
    tells(() -> Files.delete(directory));
  }

  @Test
  void aStepThatComesBeforeItIsWatchedIsNotMissed() throws IOException {
    beforeOpening = () -> Files.createDirectories(root.resolve("a/b"));
    follow();
    tells(() -> Files.createDirectory(directory));
  }

  @Test
  void aStepThatGoesBeforeItIsOpenedIsWaitedFor() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    beforeOpening =
        () -> {
          Files.delete(root.resolve("a/b"));
          Files.delete(root.resolve("a"));
        };
    follow();
    tells(() -> Files.createDirectory(root.resolve("a")));
  }

  @Test
  void otherNamesOnTheWayAreNotTold() throws IOException {
    Files.createDirectories(root.resolve("a"));
    follow();
    Files.createFile(root.resolve("a/other"));
    Files.createFile(root.resolve("other"));
    table.drain();
    assertThat(told).isZero();
  }

  @Test
  void aLinkOnTheWayThatIsPointedElsewhereIsTold() throws IOException {
    for (String generation : new String[] {"gen1", "gen2"}) {
      Files.createDirectories(root.resolve(generation).resolve("b/c"));
    }
    Files.createSymbolicLink(root.resolve("a"), Path.of("gen1"));
    Files.createSymbolicLink(root.resolve("fresh"), root.resolve("gen2"));
    follow();
    tells(() -> Files.move(root.resolve("fresh"), root.resolve("a"), REPLACE_EXISTING));
    follow();
    tells(() -> Files.delete(root.resolve("gen2/b/c")));
  }

  @Test
  void aDirectoryOnTheWayThatIsReplacedWithAllThatIsInItIsTold() throws IOException {
    Files.createDirectories(directory);
    follow();
    tells(() -> Files.move(root.resolve("a"), root.resolve("a.old")));
    follow();
    tells(() -> Files.createDirectory(root.resolve("a")));
  }

  @Test
  void stepsBackAreTakenFromWhereALinkHasLed() throws IOException {
    Files.createDirectories(root.resolve("far/away"));
    Files.createDirectories(root.resolve("far/c"));
    Files.createDirectory(root.resolve("a"));
    Files.createSymbolicLink(root.resolve("a/b"), Path.of("../far/away"));
    directory = root.resolve("a/b/../c");
    follow();
    tells(() -> Files.delete(root.resolve("far/c")));
  }

  @Test
  void aCircleOfLinksIsLeft() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), Path.of("a"));
    follow();
    tells(() -> Files.delete(root.resolve("a")));
  }
}
