package org.usersvc.daemon.supervise;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.usersvc.daemon.adopt.Adoption;
import org.usersvc.daemon.files.FakeScarcity;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.trigger.Memory;
import org.usersvc.daemon.view.Services;

/**
 * A supervisor of a scan directory that is really there, with fake children and a fake clock. When
 * it is closed all services are stopped, and nothing may be left of them.
 */
public final class TreeFixture implements AutoCloseable {
  public static final ExitStatus FAILED = ExitStatus.exited(1);
  public static final ExitStatus FINE = ExitStatus.exited(0);

  public final Path scan;
  final Path runtime;
  public final FakeClock clock = new FakeClock();
  final FakePoller poller = FakePoller.ofAll();
  public final List<RuntimeException> bugs = new ArrayList<>();
  public final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  public final FakeProcesses processes = new FakeProcesses();
  public final FakeMessages messages = new FakeMessages();
  public final FakeLogs logs = new FakeLogs();
  final FakeScarcity descriptors = new FakeScarcity();
  final FileSystem files = descriptors.over(new PosixFileSystem());
  final FakeWatches watches;
  final Adoption adoption;
  public final Supervisor supervisor;
  public final Services services;
  public final Operations operations;
  public final Platform platform;
  private final Set<String> openBefore;
  private final int inotify;
  private Duration slept = Duration.ZERO;
  private boolean retriesMayBeLeft;

  public TreeFixture(Path root) throws IOException {
    scan = Files.createDirectories(root.resolve("scan"));
    runtime = Files.createDirectories(root.resolve("runtime"));
    openBefore = openDescriptors();
    var real = new InotifyWatches();
    inotify = real.descriptor();
    watches = new FakeWatches(real);
    var own = RuntimeDirectory.make(files, runtime.toString());
    own.begin(new RuntimeDirectory.Attention(new Alarm(loop.timers()), _ -> {}, messages::warn));
    platform = new Platform(files, processes, watches, loop, messages, own);
    adoption = new Adoption(platform);
    var memory = new Memory(root.resolve("state/schedule").toString(), this::elapsed);
    supervisor = new Supervisor(platform, logs.listeners(), adoption, scan.toString(), memory);
    services = new Services(supervisor);
    operations = new Operations(services, loop, logs);
  }

  /** The time since the machine's start, sleep included. */
  long elapsed() {
    return clock.nanos() + slept.toNanos();
  }

  /** The machine sleeps for so long: only the clock of the day goes on. */
  public void sleep(Duration time) {
    settle();
    slept = slept.plus(time);
    clock.set(clock.wall().plus(time));
    settle();
  }

  /** Makes a service directory with an executable run. */
  public Path service(String name) throws IOException {
    var directory = Files.createDirectories(scan.resolve(name));
    script(directory, "run");
    return directory;
  }

  /** Makes an executable file; it is never executed. */
  public static void script(Path directory, String name) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  public void start() {
    supervisor.start();
    settle();
  }

  /** Turns until the loop would sleep twice in a row. */
  public void settle() {
    int idle = 0;
    for (int turns = 0; idle < 2; turns++) {
      assertThat(turns).as("turns without coming to rest").isLessThan(1000);
      loop.runOneTurn(true);
      idle = poller.timeouts().getLast() == 0 ? 0 : idle + 1;
    }
  }

  public void advance(Duration time) {
    settle();
    clock.advance(time);
    settle();
  }

  /** Ends the child of that name. */
  public void exit(String child, ExitStatus status) {
    processes.exit(processes.pid(child), status);
    settle();
  }

  /** The same for a child that has told a service something just before. */
  void exitAfterWriting(String child, ExitStatus status, String service, String letters)
      throws IOException {
    Files.write(control(service), letters.getBytes(ISO_8859_1));
    exit(child, status);
  }

  /** Writes letters into control, as sv does. */
  void letters(String service, String letters) throws IOException {
    Files.write(control(service), letters.getBytes(ISO_8859_1));
    settle();
  }

  Path control(String service) {
    return scan.resolve(service).resolve("supervise/control");
  }

  /** The text of supervise/stat, without the newline. */
  String stat(String service) throws IOException {
    return Files.readString(scan.resolve(service).resolve("supervise/stat"), UTF_8).strip();
  }

  /** Whether clients find a supervisor: opening ok for writing tells. */
  boolean isOk(String service) {
    var ok = scan.resolve(service).resolve("supervise/ok");
    return Files.exists(ok) && openDescriptors().stream().anyMatch(open -> leadsTo(open, ok));
  }

  private static boolean leadsTo(String descriptor, Path file) {
    try {
      return Files.isSameFile(Path.of("/proc/self/fd/" + descriptor.split(" ", 2)[0]), file);
    } catch (IOException ignored) { // closed meanwhile
      return false;
    }
  }

  public ServiceProcess find(String name) {
    return Objects.requireNonNull(supervisor.find(name), name);
  }

  /** Directories that could not be taken over are tried again even when all is being stopped. */
  public void retriesMayBeLeft() {
    retriesMayBeLeft = true;
  }

  /** What is open, as {@code 7 /path}. */
  static Set<String> openDescriptors() {
    var open = new TreeSet<String>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var entry : entries) {
        if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
          open.add(entry.getFileName() + " " + Files.readSymbolicLink(entry));
        }
      }
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
    open.removeIf(each -> each.contains("/fd") || each.endsWith("/proc/self"));
    return open;
  }

  @Override
  public void close() {
    var stopped = new ArrayList<String>();
    supervisor.stop(() -> stopped.add("all gone"));
    settle();
    for (int i = 0; !processes.living().isEmpty(); i++) {
      assertThat(i).as("children keep coming: %s", processes.living()).isLessThan(1000);
      processes.exitEldest(FINE);
      settle();
    }
    advance(
        Duration.ofMillis(100)); // what has happened in the runtime directory has been looked at
    files.close(inotify);
    assertThat(bugs).as("bugs").isEmpty();
    assertThat(processes.strays()).as("strays").isEmpty();
    assertThat(stopped).as("the end of stop").isNotEmpty();
    assertThat(supervisor.services()).isEmpty();
    if (!retriesMayBeLeft) {
      assertThat(loop.timers().pending()).as("timers left after stop").isZero();
    }
    var left = openDescriptors();
    left.removeAll(openBefore);
    left.removeIf(this::staysOpen);
    assertThat(left).as("descriptors left after stop").isEmpty();
  }

  /** What stays open until the daemon ends is closed here. */
  private boolean staysOpen(String open) {
    boolean kept =
        open.endsWith(" /dev/null") || open.endsWith(" " + runtime) || isScanDirectory(open);
    if (kept) {
      files.close(Integer.parseInt(open.split(" ", 2)[0]));
    }
    return kept;
  }

  private boolean isScanDirectory(String open) {
    try {
      return open.endsWith(" " + Path.of(supervisor.scanDirectory()).toRealPath());
    } catch (IOException ignored) { // deleted
      return open.endsWith(" " + scan + " (deleted)");
    }
  }
}
