package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixLogFiles;

/** Logs without a thread: real pipes and files, a clock that stands still, turns by hand. */
final class LogFixture implements AutoCloseable {
  static final String STAMP = "2026-01-02_03:04:05.00000 ";
  private static final Pattern STAMPS =
      Pattern.compile("^2026-01-02_\\d\\d:\\d\\d:\\d\\d\\.\\d{5} ", Pattern.MULTILINE);

  final FakeClock clock = new FakeClock();
  final List<String> warnings = new ArrayList<>();
  final Interposed ports;
  private final FileSystem files = new PosixFileSystem();
  private final Path root;
  private final List<LogSource> sources = new ArrayList<>();
  private EventLoop loop = newLoop();
  private LogTable table;

  LogFixture(Path root) throws IOException {
    this(root, new PosixLogFiles());
  }

  LogFixture(Path root, LogFiles real) throws IOException {
    this.root = root;
    this.ports = new Interposed(real);
    this.table = newTable();
  }

  private EventLoop newLoop() {
    return new EventLoop(
        FakePoller.ofAll(),
        clock,
        bug -> {
          throw bug;
        });
  }

  private LogTable newTable() throws IOException {
    var tree = new LogTree(ports.files(), root + "/log", clock, warnings::add, NoMounts.PLACE);
    var ledger = Objects.requireNonNull(Ledger.open(files, root + "/ledger"));
    var troubles = new LogComplaints(warnings::add);
    var desk =
        new LogContext(
            ports.files(),
            ports.logs(),
            loop,
            tree,
            ledger,
            Buffers.make(),
            troubles,
            new Pacer(loop));
    return new LogTable(desk, warnings::add);
  }

  LogTable table() {
    return table;
  }

  EventLoop loop() {
    return loop;
  }

  /** A pipe that the logger takes on at once. */
  LogSource begin(String name) throws IOException {
    return begin(name, LogFormat.SVLOGD);
  }

  LogSource begin(String name, LogFormat format) throws IOException {
    files.makeFifo(FileSystem.ABSOLUTE, fifo(name), 0600);
    int pipe = files.openFifo(FileSystem.ABSOLUTE, fifo(name));
    var source = new LogSource(new ServiceId(1, sources.size() + 1L), name, pipe, format);
    sources.add(source);
    table.begin(source);
    return source;
  }

  private String fifo(String name) {
    return root + "/" + name + ".fifo";
  }

  /** Has the service print that. */
  void print(String name, String text) throws IOException {
    try (var out = new FileOutputStream(fifo(name))) {
      out.write(text.getBytes(ISO_8859_1));
    }
  }

  void turn() {
    loop.runOneTurn(false);
  }

  /** As many turns as busy pipes and the end of a service need. */
  void turns() {
    for (int i = 0; i < 8; i++) {
      turn();
      clock.advance(Pacer.STEP);
    }
  }

  void pass(Duration time) {
    clock.advance(time);
    turn();
  }

  /** The logger is killed; its descriptors go, the pipes stay. */
  void kill() throws IOException {
    ports.closeAll();
    ports.killAt(Integer.MAX_VALUE);
    loop = newLoop();
    table = newTable();
  }

  /** Another logger takes all pipes on. */
  void beginAgain() {
    sources.forEach(table::begin);
  }

  Path directory(String name) {
    return root.resolve("log").resolve(name);
  }

  String current(String name) throws IOException {
    return Files.readString(directory(name).resolve("current"), ISO_8859_1);
  }

  List<Path> rotated(String name) throws IOException {
    try (var entries = Files.list(directory(name))) {
      return entries.filter(p -> p.getFileName().toString().startsWith("@")).sorted().toList();
    }
  }

  /** All that was logged, without stamps. */
  String all(String name) throws IOException {
    var text = new StringBuilder();
    for (var file : rotated(name)) {
      text.append(Files.readString(file, ISO_8859_1));
    }
    if (Files.exists(directory(name).resolve("current"))) {
      text.append(current(name));
    }
    return STAMPS.matcher(text).replaceAll("");
  }

  void config(String name, String lines) throws IOException {
    Files.createDirectories(directory(name));
    Files.writeString(directory(name).resolve("config"), lines);
  }

  @Override
  public void close() {
    ports.closeAll();
    sources.forEach(source -> files.close(source.pipe()));
  }
}
