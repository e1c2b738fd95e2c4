package org.usersvc.daemon.supervise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.platform.BootTime;
import org.usersvc.daemon.state.Journal;
import org.usersvc.daemon.state.PreviousState;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedProcess;

/**
 * All that an earlier daemon has written is lost; its processes, which are real ones, are known by
 * their mark.
 */
final class MarkedTest {
  @TempDir private Path root;
  private TreeFixture tree;
  private final List<Process> started = new ArrayList<>();

  private static final class NoJournal implements Journal {
    @Override
    public void remove(RecordedProcess.Key key) {}

    @Override
    public void unsettle(long since) {}

    @Override
    public void settle() {}
  }

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void close() throws IOException {
    for (var process : started) {
      process.destroyForcibly().onExit().join();
      process.getInputStream().close();
      process.getOutputStream().close();
      process.getErrorStream().close();
      tree.processes.strangerEnds((int) process.pid());
      tree.settle();
    }
    tree.advance(Duration.ofSeconds(1)); // for what may be left of their groups
    tree.close();
  }

  /** It has a session of its own and writes to {@code output}. */
  private int process(String mark, String output) throws IOException {
    return process(mark, output, "1000");
  }

  private int process(String mark, String output, String seconds) throws IOException {
    String script = "exec 2>&1 1<>\"$0\"; echo here >&2; exec sleep \"$1\"";
    var builder =
        new ProcessBuilder("setsid", "sh", "-c", script, output, seconds).directory(root.toFile());
    builder.environment().put("USERSVC_SERVICE", mark);
    return begin(builder);
  }

  private int begin(ProcessBuilder builder) throws IOException {
    var process = builder.start();
    started.add(process);
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("here");
    var words = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    while (!Files.readString(words).startsWith("sleep")) {
      Thread.onSpinWait();
    }
    tree.processes.strangerLives((int) process.pid());
    return (int) process.pid();
  }

  private int process(String mark) throws IOException {
    return process(mark, "/dev/null");
  }

  private static long ticks() throws IOException {
    String uptime = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
    return Long.parseLong(uptime.replace(".", "")); // two digits follow the dot
  }

  /** A time at which that process had been started for sure. */
  private long ticksAfter(int pid) throws IOException {
    long started = ProcessIdentity.of(tree.files, pid).start();
    long now = ticks();
    while (now <= started) {
      now = ticks();
    }
    return now;
  }

  private String path(String service) {
    return tree.scan.resolve(service).toString();
  }

  private String key(String service) throws IOException {
    var found = tree.files.stat(FileSystem.ABSOLUTE, path(service));
    return found == null ? "" : found.id().asFileName();
  }

  private void start(PreviousState found) {
    tree.adoption.begin(found, SelfProcess.uid(), false, new NoJournal());
    tree.start();
  }

  private @Nullable Phase phase(String service) {
    return tree.find(service).state().phase();
  }

  @Test
  void whatHasTheMarkIsTakenOverWithoutAnyRecord() throws IOException {
    TreeFixture.script(tree.service("foo"), "log/run");
    tree.service("bar");
    int run = process(key("foo") + "/run@" + ticks());
    int log = process(key("foo") + "-log/run@" + ticks());
    int finish = process(key("bar") + "/finish@" + ticks());
    start(PreviousState.LOST);
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
    assertThat(tree.find("foo/log").state().phase().pidOrZero()).isEqualTo(log);
    assertThat(phase("bar")).isInstanceOf(Phase.Finishing.class);
    assertThat(tree.find("bar").state().phase().pidOrZero()).isEqualTo(finish);
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void whateverTheRecordSaysOfTheTimeTheMarkCounts() throws IOException {
    tree.service("foo");
    int run = process(key("foo") + "/run@" + ticks());
    var state = new ServiceState(new Phase.Down(), Wanted.UP, false, null, 0);
    var late = new ProcessIdentity(99_999_999, Long.MAX_VALUE / 2);
    var other =
        new RecordedProcess(
            new RecordedProcess.Key(new ServiceId(1, 2), false),
            "other",
            state,
            new RecordedProcess.Living(late, ProcessIdentity.NONE, 0),
            new RecordedProcess.Past(tree.clock.wall(), tree.clock.wall(), 1, 0, null, null, null),
            "",
            Map.of());
    start(
        new PreviousState(
            true, true, List.of(other), List.of(), Map.of(), 0, PreviousState.SETTLED));
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
  }

  @Test
  void whatAServiceHasStartedItselfIsNotTheService() throws IOException {
    tree.service("foo");
    process(key("foo") + "/run@" + (ticks() - 60_00));
    process(key("foo") + "/control/t@" + ticks());
    process(key("foo") + "/check@" + ticks());
    process("1-2/run@" + ticks(), "/dev/null");
    process(key("foo") + "/run@" + (ticks() + 60_00));
    for (String nonsense : List.of("", "/", "@", "/run", key("foo"), key("foo") + "/run@x")) {
      process(nonsense);
    }
    start(PreviousState.LOST);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void afterARegularEndNothingThatIsLeftIsTheService() throws IOException {
    tree.service("foo");
    process(key("foo") + "/run@" + ticks());
    start(PreviousState.NOTHING);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  /** Whatever is in the place of the directory of FIFOs. */
  @ParameterizedTest
  @ValueSource(strings = {"", "file"})
  void whereTheFifosCannotBeListedTheMarkCountsAllTheSame(String instead) throws IOException {
    tree.service("foo");
    int run = process(key("foo") + "/run@" + ticks());
    var pipes = tree.runtime.resolve("pipes");
    Files.delete(pipes);
    if (!instead.isEmpty()) {
      Files.createFile(pipes);
    }
    start(PreviousState.NOTHING);
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
    assertThat(tree.messages.warnings()).anyMatch(line -> line.contains("is looked for in /proc"));
    Files.deleteIfExists(pipes);
    tree.advance(Duration.ofMinutes(2));
  }

  @Test
  void ofCopiesTheLastIsKeptAndTheOthersAreEnded() throws IOException {
    tree.service("foo");
    int first = process(key("foo") + "/run@" + ticks());
    int last = process(key("foo") + "/run@" + ticksAfter(first));
    tree.processes.leavesGroup(first);
    start(PreviousState.LOST);
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(last);
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .contains("keeping pid " + last, "ending its copies [" + first + "]");
    tree.advance(Duration.ofMillis(20));
    assertThat(tree.processes.takeSignals())
        .containsExactly("TERM group of " + first, "CONT group of " + first);
    tree.advance(Duration.ofMinutes(1));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL group of " + first);
    tree.processes.endGroup(first);
    tree.advance(Duration.ofMinutes(1));
  }

  @Test
  void whatAnEarlierRunHasLeftBehindGoesOn() throws IOException {
    tree.service("foo");
    int left = process(key("foo") + "/run@" + ticks(), "/dev/null", "2000");
    int run = process(key("foo") + "/run@" + ticksAfter(left));
    start(PreviousState.LOST);
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .contains("keeping pid " + run, "leaving [" + left + "]");
    tree.advance(Duration.ofMinutes(1));
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void whatCouldNotBeOpenedAtFirstIsLookedForWhenItCan() throws IOException {
    var supervise = Files.createDirectory(tree.service("foo").resolve("supervise"));
    int run = process(key("foo") + "/run@" + ticks());
    int lock = tree.files.openLockFile(FileSystem.ABSOLUTE, supervise + "/lock");
    assertThat(tree.files.lock(lock)).isTrue();
    start(PreviousState.LOST);
    assertThat(tree.supervisor.finder().refusal("foo")).contains("supervise/lock");
    tree.files.close(lock);
    Files.delete(supervise.resolve("lock"));
    Files.delete(supervise);
    tree.advance(Duration.ofSeconds(2));
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
  }

  @Test
  void whatSurvivesAnExitIsNotTheService() throws IOException {
    tree.service("foo");
    start(PreviousState.LOST);
    process(key("foo") + "/run@" + ticks());
    tree.letters("foo", "x");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(Duration.ofSeconds(1));
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aLinkOfAnotherDaemonIsATraceAtAnyTime() throws IOException {
    start(PreviousState.NOTHING);
    var foo = root.resolve("foo");
    Files.createDirectory(foo);
    TreeFixture.script(foo, "run");
    var found = Objects.requireNonNull(tree.files.stat(FileSystem.ABSOLUTE, foo.toString()));
    String id = found.id().asFileName();
    Files.createSymbolicLink(
        foo.resolve("supervise"), Path.of("/nowhere/usersvc-b/supervise/" + id));
    int run = process(id + "/run@" + ticks());
    Files.createSymbolicLink(tree.scan.resolve("foo"), foo);
    tree.settle();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
  }

  /** It has thrown away what could tell whose it is. */
  private int bare() throws IOException {
    return bare("/", "/dev/null");
  }

  private int bare(String directory, String output) throws IOException {
    String script = "echo here; exec 1<>\"$0\" 2>&1; exec env -i sleep 1000";
    var builder =
        new ProcessBuilder("setsid", "sh", "-c", script, output).directory(new File(directory));
    builder.environment().remove("USERSVC_SERVICE");
    return begin(builder);
  }

  @Test
  void whatIsInAServiceDirectoryIsItsRun() throws IOException {
    tree.service("foo");
    int run = bare(path("foo"), "/dev/null");
    start(PreviousState.LOST);
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
  }

  /** It is another's, which starts there by its file directory. */
  @Test
  void whatIsInAServiceDirectoryWithoutBeingItsRunIsLeft() throws IOException {
    Files.writeString(tree.service("foo").resolve("directory"), "/\n");
    bare(path("foo"), "/dev/null");
    start(PreviousState.LOST);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void whatIsInAServiceDirectoryIsTheServicesWhosePipeItHas() throws IOException {
    tree.service("foo");
    Files.writeString(tree.service("zoo").resolve("directory"), path("foo") + "\n");
    String pipe = tree.runtime.resolve("pipes/" + key("zoo") + "-out").toString();
    tree.files.makeFifo(FileSystem.ABSOLUTE, pipe, 0600);
    int run = bare(path("foo"), pipe);
    start(PreviousState.LOST);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.find("zoo").state().phase().pidOrZero()).isEqualTo(run);
  }

  @Test
  void aFileThatLiesInSomebodysPipesIsNoPipeOfOurs() throws IOException {
    tree.service("foo");
    var elsewhere = Files.createDirectories(tree.scan.resolveSibling("pipes")).resolve("out");
    int run = bare(path("foo"), Files.writeString(elsewhere, "").toString());
    start(PreviousState.LOST);
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
  }

  /** An earlier daemon has written that this is run. */
  private void shown(String service, int pid, Instant since) throws IOException {
    var place = tree.runtime.resolve("supervise").resolve(key(service));
    Files.createDirectories(place);
    Files.createSymbolicLink(tree.scan.resolve(service).resolve("supervise"), place);
    var phase = new Phase.Running(pid, false, true);
    var state = new ServiceState(phase, Wanted.UP, false, null, 0);
    Files.write(place.resolve("status"), new Status(state, since).encode());
  }

  private Instant startOf(int pid) throws IOException {
    return BootTime.toWall(tree.platform, ProcessIdentity.of(tree.files, pid).start());
  }

  @Test
  void whatItsStatusNamesIsTakenOverIfItWasStartedThen() throws IOException {
    TreeFixture.script(tree.service("foo"), "log/run");
    int run = bare();
    shown("foo", run, startOf(run).plusMillis(500));
    int log = bare();
    shown("foo/log", log, startOf(log));
    start(PreviousState.LOST);
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
    assertThat(tree.find("foo/log").state().phase().pidOrZero()).isEqualTo(log);
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void itsOffspringIsNotTakenForWhatItsStatusNames() throws IOException {
    tree.service("foo");
    int run = bare();
    shown("foo", run, startOf(run));
    int child = process(key("foo") + "/run@" + ticks());
    start(PreviousState.LOST);
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .contains("keeping pid " + run, "leaving [" + child + "]");
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void whatItsStatusNamesIsWaitedForIfItWasStartedLater() throws IOException {
    tree.service("foo");
    int run = bare();
    shown("foo", run, startOf(run).minusSeconds(20));
    start(PreviousState.LOST);
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.supervisor.finder().refusal("foo")).contains("pid " + run + " may be it");
    assertThat(tree.processes.takeSignals()).isEmpty();
    started.getLast().destroyForcibly().onExit().join();
    tree.advance(Duration.ofSeconds(2));
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  /** The pid is another's: one from before the machine was started, or given again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStrangerThatHasThePidInItsStatusIsNothing(boolean before) throws IOException {
    tree.service("foo");
    int stranger = bare();
    if (!before) {
      tree.clock.set(Instant.parse("2100-01-01T00:00:00Z")); // the file is much older
    }
    var boot = BootTime.toWall(tree.platform, 0);
    shown("foo", stranger, before ? boot.minusSeconds(20) : startOf(stranger));
    start(PreviousState.LOST);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void aFifoThatWasRemovedIsOpenedThroughWhoWritesToIt() throws IOException {
    tree.service("foo");
    String path = tree.runtime.resolve("pipes/" + key("foo") + "-out").toString();
    tree.files.makeFifo(FileSystem.ABSOLUTE, path, 0600);
    var fifo = Objects.requireNonNull(tree.files.linkStat(FileSystem.ABSOLUTE, path));
    int run = process(key("foo") + "/run@" + ticks(), path);
    Files.delete(Path.of(path));
    start(PreviousState.LOST);
    assertThat(tree.find("foo").state().phase().pidOrZero()).isEqualTo(run);
    var source = tree.logs.open.values().iterator().next();
    assertThat(tree.files.stat(source.pipe()).id()).isEqualTo(fifo.id());
  }
}
