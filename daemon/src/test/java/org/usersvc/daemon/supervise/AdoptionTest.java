package org.usersvc.daemon.supervise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Next;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Result;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.render.StatusLine;
import org.usersvc.daemon.state.Journal;
import org.usersvc.daemon.state.PreviousState;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedProcess;

/**
 * What an earlier daemon has left is taken over. Processes that it has left are real ones, as the
 * kernel is asked who they are; that they end is told by the fake.
 */
final class AdoptionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path root;
  private TreeFixture tree;
  private final List<Process> started = new ArrayList<>();
  private final List<RecordedProcess> left = new ArrayList<>();
  private final List<RecordedProcess.Key> forgotten = new ArrayList<>();
  private @Nullable String needs;
  private RecordedProcess.@Nullable Elapsing elapsing;
  private long unsettled = PreviousState.SETTLED;

  private final class ToldJournal implements Journal {
    @Override
    public void remove(RecordedProcess.Key key) {
      forgotten.add(key);
    }

    @Override
    public void unsettle(long since) {
      unsettled = since;
    }

    @Override
    public void settle() {
      unsettled = PreviousState.SETTLED;
    }
  }

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void close() throws IOException {
    for (var process : started) {
      process.destroyForcibly().onExit().join();
      closeStreams(process);
      tree.processes.strangerEnds((int) process.pid());
      tree.settle();
    }
    tree.advance(Duration.ofSeconds(1)); // for what may be left of their groups
    tree.close();
  }

  private static void closeStreams(Process process) throws IOException {
    process.getInputStream().close();
    process.getOutputStream().close();
    process.getErrorStream().close();
  }

  private ProcessIdentity process(String... words) throws IOException {
    return process(root, words);
  }

  /** A process that an earlier daemon may have started; it has said a line. */
  private ProcessIdentity process(Path directory, String... words) throws IOException {
    var process = new ProcessBuilder(words).directory(directory.toFile()).start();
    started.add(process);
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("here");
    tree.processes.strangerLives((int) process.pid());
    return ProcessIdentity.of(tree.files, (int) process.pid());
  }

  private ProcessIdentity living() throws IOException {
    return process("sh", "-c", "echo here; exec sleep 1000");
  }

  private ProcessIdentity dead() throws IOException {
    var was = living();
    var process = started.removeLast();
    process.destroyForcibly().onExit().join();
    closeStreams(process);
    tree.processes.strangerEnds(was.pid());
    return was;
  }

  private ServiceId id(String service) throws FileFault {
    var found = tree.files.stat(FileSystem.ABSOLUTE, tree.scan.resolve(service).toString());
    if (found == null) {
      throw new AssertionError(service);
    }
    return found.id();
  }

  private static ServiceState state(Phase phase, Wanted wanted) {
    return new ServiceState(phase, wanted, false, null, 0);
  }

  private Instant ago(Duration time) {
    return tree.clock.wall().minus(time);
  }

  private void left(String service, ServiceState state, ProcessIdentity process)
      throws IOException {
    left(service, state, process, ProcessIdentity.NONE, null);
  }

  private void left(
      String service,
      ServiceState state,
      ProcessIdentity process,
      ProcessIdentity script,
      @Nullable Instant restartAt)
      throws IOException {
    var past = new RecordedProcess.Past(ago(MINUTE), ago(MINUTE), 7, 2, null, restartAt, elapsing);
    var needed = needs == null ? Map.<String, @Nullable String>of() : Map.of("DISPLAY", needs);
    left.add(
        new RecordedProcess(
            new RecordedProcess.Key(id(service), false),
            service,
            state,
            new RecordedProcess.Living(process, script, process.pid()),
            past,
            "",
            needed));
  }

  private Phase.Running running(ProcessIdentity process) {
    return new Phase.Running(process.pid(), false, true);
  }

  private void start() {
    var found = new PreviousState(true, true, left, List.of(), Map.of(), 0, unsettled);
    tree.adoption.begin(found, SelfProcess.uid(), false, new ToldJournal());
    tree.start();
  }

  private ServiceState now(String service) {
    return tree.find(service).state();
  }

  @Test
  void aRunThatLivesIsTakenOverAsItWas() throws IOException {
    tree.service("foo");
    var run = living();
    left("foo", state(running(run), Wanted.UP), run);
    start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(now("foo")).isEqualTo(state(running(run), Wanted.UP));
    assertThat(tree.find("foo").history().since()).isEqualTo(ago(MINUTE));
    assertThat(tree.find("foo").history().starts()).isEqualTo(7);
    assertThat(tree.find("foo").history().deaths()).isEqualTo(2);
    assertThat(tree.stat("foo")).isEqualTo("run");
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void itsAgeIsTrueHoweverTheClockIsSet() throws IOException {
    tree.service("foo");
    var run = living();
    long begun = tree.clock.nanos() - MINUTE.toNanos();
    elapsing = new RecordedProcess.Elapsing(begun, begun);
    left("foo", state(running(run), Wanted.UP), run);
    tree.clock.set(Instant.EPOCH);
    start();
    assertThat(tree.find("foo").history().age()).isEqualTo(MINUTE);
    tree.clock.set(Instant.parse("2100-01-01T00:00:00Z"));
    tree.advance(MINUTE);
    assertThat(StatusLine.now(tree.find("foo").view())).contains(" 120s");
    assertThat(tree.find("foo").history().elapsing()).isEqualTo(elapsing);
  }

  @Test
  void itsEndIsNoticedWithItsStatus() throws IOException {
    TreeFixture.script(tree.service("foo"), "finish");
    var run = living();
    left("foo", state(running(run), Wanted.UP), run);
    start();
    tree.processes.strangerEnds(run.pid(), ExitStatus.exited(3));
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/finish");
    assertThat(tree.processes.spawned().getFirst().arguments()).containsExactly("3", "0");
    tree.exit("foo/finish", TreeFixture.FINE);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.find("foo").history().deaths()).isEqualTo(3);
  }

  @Test
  void aRunThatHasEndedMeanwhileEndsUnknown() throws IOException {
    TreeFixture.script(tree.service("foo"), "finish");
    var run = dead();
    left("foo", state(running(run), Wanted.UP), run);
    start();
    assertThat(tree.processes.living()).containsExactly("foo/finish");
    assertThat(tree.processes.spawned().getFirst().arguments()).containsExactly("-1", "0");
    tree.exit("foo/finish", TreeFixture.FINE);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void anotherProcessThatHasThePidIsNotTakenForIt() throws IOException {
    tree.service("foo");
    var other = living();
    left("foo", state(running(other), Wanted.UP), new ProcessIdentity(other.pid(), 1));
    start();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void whatIsWantedDownStaysDownWhateverTheDirectorySays() throws IOException {
    tree.service("foo");
    left("foo", state(new Phase.Down(), Wanted.DOWN), ProcessIdentity.NONE);
    Files.createFile(tree.service("bar").resolve("down"));
    left("bar", state(new Phase.Preparing(), Wanted.UP), ProcessIdentity.NONE);
    start();
    assertThat(tree.processes.living()).containsExactly("bar/run");
  }

  @Test
  void thatTheEarlierDaemonWasStoppingIsForgotten() throws IOException {
    tree.service("foo");
    tree.service("bar");
    var run = living();
    left("foo", state(running(run), Wanted.REMOVED), run);
    left("bar", state(new Phase.Down(), Wanted.EXIT), ProcessIdentity.NONE);
    start();
    assertThat(now("foo")).isEqualTo(state(running(run), Wanted.UP));
    assertThat(tree.processes.living()).containsExactly("bar/run");
  }

  @Test
  void theRestartDelayGoesOn() throws IOException {
    tree.service("foo");
    var state = new ServiceState(new Phase.BackingOff(), Wanted.UP, false, null, 5);
    var soon = tree.clock.wall().plusSeconds(5);
    left("foo", state, ProcessIdentity.NONE, ProcessIdentity.NONE, soon);
    start();
    tree.advance(Duration.ofMillis(4900));
    assertThat(tree.processes.living()).isEmpty();
    tree.advance(Duration.ofMillis(200));
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aDelayIsNeverLongerThanItWouldBeFresh() throws IOException {
    tree.service("foo");
    var state = new ServiceState(new Phase.BackingOff(), Wanted.UP, false, null, 1);
    var wrong = tree.clock.wall().plusSeconds(100_000);
    left("foo", state, ProcessIdentity.NONE, ProcessIdentity.NONE, wrong);
    start();
    tree.advance(Duration.ofSeconds(1));
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aOneshotThatIsDoneStaysDone() throws IOException {
    Files.writeString(tree.service("foo").resolve("type"), "oneshot\n");
    left("foo", state(new Phase.Completed(), Wanted.UP), ProcessIdentity.NONE);
    start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(now("foo").phase()).isEqualTo(new Phase.Completed());
  }

  @Test
  void whatHasFailedForGoodStaysDown() throws IOException {
    tree.service("foo");
    left("foo", state(new Phase.Down(Result.FAILED), Wanted.DOWN), ProcessIdentity.NONE);
    start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(now("foo").phase()).isEqualTo(new Phase.Down(Result.FAILED));
  }

  @Test
  void aFinishGoesOnAndItsWordCounts() throws IOException {
    TreeFixture.script(tree.service("foo"), "finish");
    var finish = living();
    left("foo", state(new Phase.Finishing(finish.pid(), Next.AGAIN), Wanted.UP), finish);
    start();
    assertThat(tree.processes.spawned()).isEmpty();
    tree.processes.strangerEnds(finish.pid(), ExitStatus.exited(125));
    tree.settle();
    assertThat(now("foo").phase()).isEqualTo(new Phase.Down(Result.FAILED));
  }

  @Test
  void lettersWaitForAControlScriptThatGoesOn() throws IOException {
    tree.service("foo");
    var run = living();
    var script = living();
    var state = new ServiceState(running(run), Wanted.UP, false, Command.HUP, 0);
    left("foo", state, run, script, null);
    start();
    tree.letters("foo", "1");
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.processes.strangerEnds(script.pid(), ExitStatus.exited(0));
    tree.settle();
    assertThat(tree.processes.takeSignals()).containsExactly("USR1 stranger");
  }

  @Test
  void aControlScriptThatHasEndedMeanwhileHasNotDoneItsPart() throws IOException {
    tree.service("foo");
    var run = living();
    var script = dead();
    var state = new ServiceState(running(run), Wanted.UP, false, Command.HUP, 0);
    left("foo", state, run, script, null);
    start();
    assertThat(tree.processes.takeSignals()).containsExactly("HUP stranger");
  }

  @Test
  void readinessIsStillWaitedFor() throws IOException {
    Files.writeString(tree.service("foo").resolve("notification-fd"), "3\n");
    var run = living();
    var phase = new Phase.Running(run.pid(), false, false);
    left("foo", state(phase, Wanted.UP), run);
    start();
    assertThat(now("foo").phase().isUp()).isFalse();
    var fifo = tree.runtime.resolve("pipes").resolve(id("foo").asFileName() + "-ready");
    Files.writeString(fifo, "\n");
    tree.settle();
    assertThat(now("foo").phase().isUp()).isTrue();
  }

  @Test
  void whatIsTakenOverPullsNothingUp() throws IOException {
    Files.createDirectories(tree.service("foo").resolve("waits-for.d"));
    Files.createFile(tree.scan.resolve("foo/waits-for.d/bar"));
    tree.service("bar");
    var run = living();
    left("foo", state(running(run), Wanted.UP), run);
    left("bar", state(new Phase.Down(), Wanted.DOWN), ProcessIdentity.NONE);
    start();
    assertThat(tree.processes.spawned()).isEmpty();
  }

  @Test
  void whatRunHasMadeOfItsVariablesIsNoReasonToEndIt() throws IOException {
    Files.writeString(tree.service("foo").resolve("needs-env"), "DISPLAY\n");
    var run = process("env", "DISPLAY=:9", "sh", "-c", "echo here; exec sleep 1000");
    needs = ":1";
    left("foo", state(running(run), Wanted.UP), run);
    tree.supervisor.environment(Environment.of(Map.of("DISPLAY", ":1")));
    start();
    tree.supervisor.environmentSettled();
    tree.settle();
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.supervisor.environment(Environment.of(Map.of("DISPLAY", ":2")));
    tree.supervisor.environmentSettled();
    tree.settle();
    assertThat(tree.processes.takeSignals()).containsExactly("TERM stranger", "CONT stranger");
  }

  @Test
  void aProcessOfAServiceThatHasGoneIsEnded() throws IOException {
    tree.service("foo");
    tree.service("bar");
    var run = living();
    left("foo", state(running(run), Wanted.UP), run);
    Files.delete(tree.scan.resolve("foo/run"));
    Files.delete(tree.scan.resolve("foo"));
    start();
    assertThat(tree.messages.news()).anyMatch(line -> line.contains("foo: is no longer"));
    assertThat(tree.processes.takeSignals()).containsExactly("TERM stranger", "CONT stranger");
    assertThat(forgotten).isEmpty();
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL stranger");
    tree.processes.strangerEnds(run.pid());
    tree.settle();
    assertThat(forgotten).containsExactly(left.getFirst().key());
  }

  @Test
  void nothingIsEndedWhileTheScanDirectoryCannotBeRead() throws IOException {
    tree.service("foo");
    var run = living();
    left("foo", state(running(run), Wanted.UP), run);
    var elsewhere = root.resolve("elsewhere");
    Files.move(tree.scan, elsewhere);
    start();
    assertThat(tree.processes.takeSignals()).isEmpty();
    Files.move(elsewhere, tree.scan);
    tree.settle();
    assertThat(now("foo").phase()).isEqualTo(running(run));
    assertThat(tree.processes.spawned()).isEmpty();
  }

  @Test
  void fifosOfNobodyAreRemoved() throws IOException {
    tree.service("foo");
    var run = living();
    left("foo", state(running(run), Wanted.UP), run);
    var pipes = tree.runtime.resolve("pipes");
    for (String name : List.of(id("foo").asFileName() + "-out", "1-2", "1-2-out", "junk")) {
      tree.files.makeFifo(FileSystem.ABSOLUTE, pipes + "/" + name, 0600);
    }
    start();
    assertThat(pipes).isDirectoryNotContaining("glob:**{1-2,1-2-out,junk}");
    assertThat(tree.logs.open).containsOnlyKeys(id("foo"));
  }

  private ProcessIdentity stray(Path directory) throws IOException {
    return process(directory, "setsid", "sh", "-c", "echo here; exec sleep 1000");
  }

  @Test
  void aProcessThatWasNotRecordedIsKnownByItsDirectory() throws IOException {
    var run = stray(tree.service("foo"));
    left("foo", state(new Phase.Down(), Wanted.UP), ProcessIdentity.NONE);
    start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(now("foo").phase()).isEqualTo(running(run));
    assertThat(tree.find("foo").history().starts()).isEqualTo(8);
  }

  /** It has ended, and whoever has to does not reap it. */
  private ProcessIdentity unreaped() throws IOException {
    var parent = process("sh", "-c", "sleep 1000 & echo here; exec sleep 1000");
    var child = ProcessHandle.of(parent.pid()).orElseThrow().children().findFirst().orElseThrow();
    int pid = (int) child.pid();
    var identity = ProcessIdentity.of(tree.files, pid);
    assertThat(child.destroyForcibly()).isTrue();
    var stat = ProcessStat.of(tree.files, pid);
    while (stat != null && !stat.isZombie()) {
      stat = ProcessStat.of(tree.files, pid);
    }
    tree.processes.strangerLives(pid);
    return identity;
  }

  @Test
  void whatWasStartedAfterARunThatIsNotReapedIsTaken() throws IOException {
    tree.service("foo");
    var run = unreaped();
    var next = stray(tree.scan.resolve("foo"));
    left("foo", state(running(run), Wanted.UP), run);
    start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(now("foo").phase()).isEqualTo(running(next));
  }

  @Test
  void ofSeveralTheEldestIsTakenAndThatIsSaid() throws IOException {
    var first = stray(tree.service("foo"));
    stray(tree.scan.resolve("foo"));
    start();
    assertThat(now("foo").phase()).isEqualTo(running(first));
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .contains("foo: of several processes", "keeping pid " + first.pid(), "leaving [");
  }

  @Test
  void whatDoesNotLeadASessionIsNoService() throws IOException {
    process(tree.service("foo"), "sh", "-c", "echo here; exec sleep 1000");
    start();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  /** It is recorded, and younger than anything before it. */
  private void leftYounger(String service, ProcessIdentity than) throws IOException {
    tree.service(service);
    var run = living();
    while (run.start() <= than.start()) {
      run = living();
    }
    left(service, state(running(run), Wanted.UP), run);
  }

  @Test
  void whatADaemonHadNotTakenOverYetIsFoundByTheNext() throws IOException {
    var run = stray(tree.service("foo"));
    left("foo", state(new Phase.Down(), Wanted.UP), ProcessIdentity.NONE);
    leftYounger("bar", run);
    unsettled = run.start();
    start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(now("foo").phase()).isEqualTo(running(run));
    assertThat(unsettled).isEqualTo(PreviousState.SETTLED);
  }

  @Test
  void whatIsOlderThanTheRecordsIsNoService() throws IOException {
    var other = stray(tree.service("foo"));
    left("foo", state(new Phase.Down(), Wanted.UP), ProcessIdentity.NONE);
    leftYounger("bar", other);
    start();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }
}
