package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.SpawnLate;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/** Real children. The test's own process has no others. */
final class PosixProcessesTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final List<RuntimeException> BUGS = new ArrayList<>();
  private static final EventLoop LOOP = new EventLoop(new EpollPoller(), Clock.SYSTEM, BUGS::add);
  private static final Map<Integer, ExitStatus> ENDED = new LinkedHashMap<>();
  private static final PosixProcesses PROCESSES =
      new PosixProcesses(
          new PosixProcesses.Parts(
              new Spawner(LOOP.mailbox(), List.of()),
              new DescriptorLimit(),
              new PosixFileSystem(),
              LOOP,
              null));

  private static final Environment ENVIRONMENT =
      FakeEnvironment.of("PATH=/usr/bin:/bin", "ODD=\u00ff", "USERSVC_SAVED_LANG=xx");

  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private int directory = -1;
  private int[] in = {};
  private int[] out = {};

  private static void ended(int pid, ExitStatus status) {
    assertThat(ENDED.put(pid, status)).as("ended twice").isNull();
  }

  @BeforeEach
  void open() throws IOException {
    directory = files.openDirectory(FileSystem.ABSOLUTE, root.toString());
    in = files.pipe();
    out = files.pipe();
    ENDED.clear();
    BUGS.clear();
  }

  @AfterEach
  void close() {
    for (int descriptor : new int[] {directory, in[0], in[1], out[0], out[1]}) {
      files.close(descriptor);
    }
    assertThat(BUGS).isEmpty();
  }

  /** Turns the loop until it is so. */
  private static void until(BooleanSupplier condition) {
    var late = new boolean[1];
    var deadline = LOOP.timers().after(DEADLINE, () -> late[0] = true);
    while (!condition.getAsBoolean() && !late[0]) {
      LOOP.runOneTurn(true);
    }
    deadline.cancel();
    assertThat(late[0]).as("deadline, ended: %s", ENDED).isFalse();
  }

  private static ExitStatus end(int pid) {
    until(() -> ENDED.containsKey(pid));
    return ENDED.getOrDefault(pid, ExitStatus.exited(-1));
  }

  private void script(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int spawn(String program, String... arguments) {
    var request =
        new SpawnRequest(
            new Place.Open(directory),
            Program.of(program, List.of(arguments)),
            ENVIRONMENT,
            List.of(new Redirect(0, in[0], Access.READ), new Redirect(1, out[1], Access.WRITE)));
    return switch (PROCESSES.spawn(request, PosixProcessesTest::ended)) {
      case Spawned(int pid) -> pid;
      case SpawnFailed(Errno errno) -> throw new AssertionError(errno.describe());
      case SpawnLate late -> throw new AssertionError(late);
    };
  }

  /** A child that has come so far that it does nothing but wait for its input. */
  private int cat() throws IOException {
    int pid = spawn("/bin/cat");
    try (var input = new FileOutputStream("/proc/self/fd/" + in[1])) {
      input.write('x');
    }
    assertThat(files.read(out[0], new byte[10])).isOne();
    return pid;
  }

  private Errno failure(String program, String... arguments) {
    var called = Program.of(program, List.of(arguments));
    var place = new Place.Open(directory);
    var request = new SpawnRequest(place, called, ENVIRONMENT, List.of());
    return switch (PROCESSES.spawn(request, PosixProcessesTest::ended)) {
      case Spawned(int pid) -> throw new AssertionError("pid " + pid);
      case SpawnFailed(Errno errno) -> errno;
      case SpawnLate late -> throw new AssertionError(late);
    };
  }

  /** What children that have ended wrote to their standard output. */
  private String output() throws FileFault {
    files.close(out[1]);
    var all = new StringBuilder();
    var block = new byte[4096];
    for (int length = files.read(out[0], block); length > 0; length = files.read(out[0], block)) {
      all.append(new String(block, 0, length, ISO_8859_1));
    }
    return all.toString();
  }

  private static String proc(int pid, String file) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/" + file), UTF_8);
  }

  @Test
  void aChildHasThreeDescriptorsAndTheDirectory() throws IOException {
    int pid = cat();
    try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      assertThat(open.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("0", "1", "2");
    }
    assertThat(link(pid, 0)).isEqualTo(link(ownPid(), in[0]));
    assertThat(link(pid, 1)).isEqualTo(link(ownPid(), out[1]));
    assertThat(link(pid, 2)).isEqualTo(link(ownPid(), 2));
    kill(pid);
  }

  private static int ownPid() {
    return Math.toIntExact(ProcessHandle.current().pid());
  }

  private static String link(int pid, int descriptor) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + descriptor)).toString();
  }

  private static void kill(int pid) {
    PROCESSES.signal(pid, Signal.KILL);
    assertThat(end(pid)).isEqualTo(ExitStatus.killed(9, false));
  }

  @Test
  void aChildLeadsASessionInItsDirectory() throws IOException {
    int pid = cat();
    var fields = proc(pid, "stat").replaceFirst(".*\\) ", "").split(" ", -1);
    assertThat(fields[2]).as("process group").isEqualTo(Integer.toString(pid));
    assertThat(fields[3]).as("session").isEqualTo(Integer.toString(pid));
    assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))).isEqualTo(root);
    kill(pid);
  }

  @Test
  @SuppressWarnings("sunapi") // the JDK has no other way to ignore a signal
  void aChildHasDefaultSignalsAndAnEmptyMask() throws IOException {
    var usr2 = new sun.misc.Signal("USR2");
    var before = sun.misc.Signal.handle(usr2, sun.misc.SignalHandler.SIG_IGN);
    int pid = cat();
    sun.misc.Signal.handle(usr2, before);
    assertThat(proc(pid, "status"))
        .contains("SigBlk:\t0000000000000000\n")
        .contains("SigIgn:\t0000000000000000\n")
        .contains("SigCgt:\t0000000000000000\n");
    kill(pid);
  }

  @Test
  void aChildGetsItsArgumentsAndTheEnvironmentByteForByte() throws IOException {
    script("finish", "#!/bin/sh\nprintf '<%s>' \"$0\" \"$@\" \"$ODD\" \"$LANG\" $HOME\n");
    end(spawn("./finish", "-1", "\uDCFF", "", "a b"));
    assertThat(output()).isEqualTo("<./finish><-1><\u00ff><><a b><\u00ff><xx>");
  }

  @Test
  void longArgumentsAreGivenWhole() throws IOException {
    script("sum", "#!/bin/sh\necho ${#1} $(printf %s \"$2\" | wc -c) $#\n");
    end(spawn("./sum", "x".repeat(100_000), "\uDCFF".repeat(30_000), "", "a"));
    assertThat(output()).isEqualTo("100000 30000 4\n");
  }

  @Test
  void manyArgumentsAreGivenWhole() throws IOException {
    script("sum", "#!/bin/sh\necho $# $1 $20000\n");
    var words = Collections.nCopies(20_000, "w").toArray(String[]::new);
    end(spawn("./sum", words));
    assertThat(output()).startsWith("20000 w");
  }

  @Test
  void anArgumentThatTheKernelRefusesIsTold() {
    assertThat(failure("/bin/true", "x".repeat(200_000))).isEqualTo(new Errno(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 111, 255})
  void anExitCodeIsTold(int code) throws IOException {
    script("run", "#!/bin/sh\nexit " + code + "\n");
    assertThat(end(spawn("./run"))).isEqualTo(ExitStatus.exited(code));
  }

  @ParameterizedTest
  @CsvSource({"HUP,1", "INT,2", "KILL,9", "USR1,10", "TERM,15"})
  void aSignalIsTold(Signal signal, int number) {
    int pid = spawn("/bin/cat");
    PROCESSES.signal(pid, signal);
    assertThat(end(pid)).isEqualTo(ExitStatus.killed(number, false));
  }

  @Test
  void aRealTimeSignalIsTold() throws IOException {
    script("run", "#!/bin/sh\nkill -40 $$\n");
    assertThat(end(spawn("./run"))).isEqualTo(ExitStatus.killed(40, false));
  }

  /** The kernel writes the core into the directory, unless core_pattern says otherwise. */
  @Test
  void aCoreDumpIsToldIfThereIsOne() throws IOException {
    script("run", "#!/bin/sh\nulimit -c unlimited 2> /dev/null\nkill -SEGV $$\n");
    var status = end(spawn("./run"));
    assertThat(status.signal()).isEqualTo(11);
    boolean here = files.list(directory, ".").stream().anyMatch(name -> name.startsWith("core"));
    boolean elsewhere = !proc(ownPid(), "../sys/kernel/core_pattern").startsWith("core");
    assertThat(status.core()).isIn(here, elsewhere || here);
  }

  @Test
  void whatCannotBeStartedIsToldWithTheReason() throws IOException {
    script("no-interpreter", "#!/nowhere/sh\n");
    script("no-format", "\u007f no program\n");
    script("no-permission", "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        root.resolve("no-permission"), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(failure("./absent")).isEqualTo(new Errno(Errno.ENOENT));
    assertThat(failure("./no-interpreter")).isEqualTo(new Errno(Errno.ENOENT));
    assertThat(failure("./no-permission")).isEqualTo(new Errno(Errno.EACCES));
    assertThat(failure("./no-format")).isEqualTo(new Errno(8));
    LOOP.runOneTurn(false);
    assertThat(ENDED).as("children that never were").isEmpty();
  }

  @Test
  void withoutUsersvcExecItStartsWithoutItsLimitsAndThatIsTold() {
    var refusals = new ArrayList<Refusal>();
    var confinement = new Confinement(new Limits(Map.of(), 5, 0077), refusals::addAll);
    var program = Program.of("/bin/true", List.of());
    var request =
        new SpawnRequest(
            new Place.Open(directory), program, ENVIRONMENT, "", confinement, List.of());
    assertThat(PROCESSES.spawn(request, PosixProcessesTest::ended)).isInstanceOf(Spawned.class);
    assertThat(refusals).hasSize(2);
    assertThat(refusals.getFirst().describe()).contains("nice", "usersvc-exec");
    until(() -> !ENDED.isEmpty());
  }

  @Test
  void manyChildrenAreReapedOnceEach() throws IOException {
    script("run", "#!/bin/sh\nexit $1\n");
    var expected = new LinkedHashMap<Integer, ExitStatus>();
    for (int i = 0; i < 60; i++) {
      expected.put(spawn("./run", Integer.toString(i)), ExitStatus.exited(i));
    }
    until(() -> ENDED.size() >= 60);
    assertThat(ENDED).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void anEndedChildCanBeSignalledUntilItIsReaped() throws IOException {
    script("run", "#!/bin/sh\nexit 0\n");
    int pid = spawn("./run");
    PROCESSES.signal(pid, Signal.TERM);
    end(pid);
    PROCESSES.signal(pid, Signal.TERM);
    assertThat(PROCESSES.groupLives(pid)).isFalse();
    assertThat(PROCESSES.signalGroup(pid, Signal.KILL)).isFalse();
  }

  @Test
  void orphansAreInheritedAndReapedAndTheirGroupIsTold() throws IOException {
    SelfProcess.becomeSubreaper();
    script("run", "#!/bin/sh\nexec 3<&0\ncat <&3 > /dev/null &\necho $!\n");
    int leader = spawn("./run");
    assertThat(end(leader)).isEqualTo(ExitStatus.exited(0));
    int orphan = Integer.parseInt(output().strip());
    assertThat(PROCESSES.groupLives(leader)).isTrue();
    assertThat(PROCESSES.onEndOf(orphan, PosixProcessesTest::ended)).isNotNull();
    assertThat(PROCESSES.signalGroup(leader, Signal.TERM)).isTrue();
    assertThat(end(orphan)).isEqualTo(ExitStatus.killed(15, false));
    assertThat(PROCESSES.groupLives(leader)).isFalse();
    assertThat(PROCESSES.signalGroup(leader, Signal.TERM)).isFalse();
  }

  @Test
  void howAnOrphanHasEndedIsKeptForThoseWhoWaitForItLater() throws IOException {
    SelfProcess.becomeSubreaper();
    PROCESSES.keepOrphans();
    try {
      int awaited = zombie("exit 7");
      int other = zombie("exit 8");
      assertThat(end(spawn("/bin/true"))).isEqualTo(ExitStatus.exited(0));
      var told = new ArrayList<ExitStatus>();
      awaitEnd(told, awaited);
      endsAs(told, ExitStatus.exited(7));
      PROCESSES.reapOrphans();
      awaitReaped(other);
    } finally {
      PROCESSES.reapOrphans();
    }
  }

  /** An orphan that has ended, and is not reaped. */
  private int zombie(String child) throws IOException {
    int parent = parentOf(child);
    int orphan = number();
    kill(parent);
    go();
    var deadline = Instant.now().plus(DEADLINE);
    for (var stat = stat(orphan); !stat.isZombie(); stat = stat(orphan)) {
      assertThat(Instant.now()).isBefore(deadline);
      LOOP.runOneTurn(false); // nothing wakes the loop for it
    }
    Files.delete(root.resolve("go"));
    return orphan;
  }

  private ProcessStat stat(int pid) {
    return Objects.requireNonNull(ProcessStat.of(files, pid));
  }

  @Test
  void aGroupIsNotAskedForWhileItsLeaderLives() {
    int pid = spawn("/bin/cat");
    assertThat(PROCESSES.groupLives(pid)).as("its pid may be another's by now").isFalse();
    kill(pid);
  }

  /** A line of what a child writes to its standard output. */
  private int number() throws IOException {
    var line = new StringBuilder();
    var one = new byte[1];
    for (int end = files.read(out[0], one); one[0] != '\n'; end = files.read(out[0], one)) {
      assertThat(end).isOne();
      line.append((char) one[0]);
    }
    return Integer.parseInt(line.toString());
  }

  /** As its new parent does. */
  private void awaitReaped(int orphan) {
    until(() -> ProcessStat.of(files, orphan) == null);
  }

  private static void awaitEnd(List<ExitStatus> told, int stranger) {
    assertThat(PROCESSES.onEndOf(stranger, (_, status) -> told.add(status))).isNotNull();
  }

  /** A parent that does not reap, and becomes one that cannot; it tells the child's pid. */
  private int parentOf(String child) throws IOException {
    files.makeFifo(directory, "go", 0600);
    script("child", "#!/bin/sh\nread line < go\n" + child + "\n");
    script("run", "#!/bin/sh\n./child &\necho $!\nexec sleep 1000\n");
    return spawn("./run");
  }

  private void go() throws IOException {
    Files.writeString(root.resolve("go"), "go\n");
  }

  private static void endsAs(List<ExitStatus> told, ExitStatus status) {
    until(() -> !told.isEmpty());
    LOOP.runOneTurn(false);
    assertThat(told).containsExactly(status);
  }

  @ParameterizedTest
  @CsvSource({"exit 37,37,0", "exit 0,0,0", "kill -KILL $$,0,9", "kill -40 $$,0,40"})
  void theEndOfAStrangerIsToldBeforeItIsReaped(String last, int code, int signal)
      throws IOException {
    SelfProcess.becomeSubreaper();
    int parent = parentOf(last);
    int stranger = number();
    var told = new ArrayList<ExitStatus>();
    awaitEnd(told, stranger);
    go();
    var status = new ExitStatus(code, signal, false);
    endsAs(told, status);
    var stat = ProcessStat.of(files, stranger);
    assertThat(stat != null && stat.isZombie()).as("nobody has reaped it").isTrue();
    kill(parent);
    awaitReaped(stranger);
    assertThat(told).as("it is told once").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"exit 37,37,0", "exit 0,0,0", "kill -KILL $$,0,9"})
  void theEndOfAStrangerIsToldAfterItWasReaped(String last, int code, int signal)
      throws IOException {
    files.makeFifo(directory, "go", 0600);
    script("child", "#!/bin/sh\nread line < go\n" + last + "\n");
    script("run", "#!/bin/sh\n./child &\necho $!\nwait $! 2> /dev/null\necho 0\n");
    int parent = spawn("./run");
    int stranger = number();
    var told = new ArrayList<ExitStatus>();
    awaitEnd(told, stranger);
    go();
    assertThat(number()).as("its parent has reaped it").isZero();
    assertThat(ProcessStat.of(files, stranger)).isNull();
    endsAs(told, kernelKeeps() ? new ExitStatus(code, signal, false) : ExitStatus.UNKNOWN);
    end(parent);
  }

  /** Of processes that were reaped, Linux tells the exit status from 6.15 on. */
  private static boolean kernelKeeps() {
    var numbers = System.getProperty("os.version").split("\\D", 3);
    int major = Integer.parseInt(numbers[0]);
    return major > 6 || (major == 6 && Integer.parseInt(numbers[1]) >= 15);
  }

  @Test
  void theEndOfAChildIsToldExactlyToAllWhoWaitAsForAStranger() throws IOException {
    int pid = cat();
    var told = new ArrayList<ExitStatus>();
    assertThat(PROCESSES.onEndOf(pid, (_, status) -> told.add(status))).isNotNull();
    assertThat(PROCESSES.onEndOf(pid, (_, status) -> told.add(status))).isNotNull();
    var forget = PROCESSES.onEndOf(pid, (_, _) -> BUGS.add(new IllegalStateException()));
    Objects.requireNonNull(forget).run();
    PROCESSES.signal(pid, Signal.TERM);
    until(() -> told.size() == 2);
    assertThat(told).containsOnly(ExitStatus.killed(15, false));
    assertThat(ENDED).containsKey(pid);
  }

  @Test
  void theEndOfAStrangerThatIsNoLongerWaitedForIsNotTold() throws IOException {
    SelfProcess.becomeSubreaper();
    int parent = parentOf("exit 1");
    int stranger = number();
    var told = new ArrayList<ExitStatus>();
    var forget = PROCESSES.onEndOf(stranger, (_, status) -> told.add(status));
    assertThat(forget).isNotNull();
    if (forget != null) {
      forget.run();
    }
    kill(parent);
    go();
    awaitReaped(stranger);
    assertThat(told).isEmpty();
  }

  @Test
  void nobodyWaitsForWhatIsGone() {
    assertThat(
            PROCESSES.onEndOf(Integer.MAX_VALUE, (_, _) -> BUGS.add(new IllegalStateException())))
        .isNull();
  }
}
