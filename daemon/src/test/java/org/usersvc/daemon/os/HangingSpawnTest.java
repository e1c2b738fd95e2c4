package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.SpawnLate;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/**
 * Spawns that hang, as they do on a dead file server: the child opens a FIFO that nobody has open
 * at the other end.
 */
final class HangingSpawnTest {
  private static final Limits LIMITS = new Limits(Map.of(), null, 077);
  private static final Map<Integer, ExitStatus> ENDED = new HashMap<>();
  private static final EventLoop LOOP =
      new EventLoop(new EpollPoller(), Clock.SYSTEM, bug -> fail("a bug", bug));
  private static final Spawner SPAWNER = new Spawner(LOOP.mailbox(), List.of());

  @TempDir private static Path programs = Path.of("");
  private static @Nullable PosixProcesses processes;

  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final Libc libc = new Libc();
  private final List<SpawnOutcome> outcomes = new ArrayList<>();

  @BeforeAll
  static void make() throws IOException, InterruptedException {
    var limit = new DescriptorLimit();
    String helper = Helper.exec(programs);
    processes =
        new PosixProcesses(
            new PosixProcesses.Parts(SPAWNER, limit, new PosixFileSystem(), LOOP, helper));
    SPAWNER.expectHangs();
  }

  @BeforeEach
  void clear() {
    ENDED.clear();
  }

  @AfterEach
  void killThoseThatHang() {
    if (processes != null) {
      processes.giveUpLate();
    }
  }

  /** One that hangs before it is executed; the FIFO that it waits for. */
  private Path hanging(String name) throws IOException {
    int directory = files.openDirectory(FileSystem.ABSOLUTE, root.toString());
    files.makeFifo(directory, name, 0600);
    files.close(directory);
    var fifo = root.resolve(name);
    long path = new Scratch(4096).text(fifo.toString());
    int place = libc.call(Libc.function("open"), path, 010000000, 0); // O_PATH
    assertThat(place).isPositive();
    int known = outcomes.size();
    spawn(LIMITS, place);
    assertThat(outcomes).as("it hangs").hasSize(known);
    return fifo;
  }

  /** A shell that exits with 37 when it has read its input. */
  private void spawn(Limits limits, int input) {
    var program = Program.of("/bin/sh", List.of("-c", "read line; exit 37"));
    var request =
        new SpawnRequest(
            new Place.At("/"),
            program,
            FakeEnvironment.of("PATH=/usr/bin:/bin"),
            "",
            Confinement.silent(limits),
            List.of(new Redirect(0, input, Access.READ)));
    switch (Objects.requireNonNull(processes).spawn(request, ENDED::put)) {
      case SpawnLate(var later) -> later.whenKnown(outcomes::add);
      case Spawned known -> outcomes.add(known);
      case SpawnFailed failed -> fail(failed.errno().describe());
    }
  }

  private static void release(Path fifo) throws IOException {
    new FileOutputStream(fifo.toFile()).close();
  }

  private static void until(BooleanSupplier condition) {
    var late = new boolean[1];
    var deadline = LOOP.timers().after(Duration.ofSeconds(10), () -> late[0] = true);
    while (!condition.getAsBoolean() && !late[0]) {
      LOOP.runOneTurn(true);
    }
    deadline.cancel();
    assertThat(late[0]).as("deadline, ended: %s", ENDED).isFalse();
  }

  @Test
  void aSpawnThatHangsHoldsUpNoOther() throws IOException {
    var one = hanging("one");
    var other = hanging("other");
    release(one);
    until(() -> outcomes.size() == 1 && ENDED.size() == 1);
    release(other);
    until(() -> outcomes.size() == 2 && ENDED.size() == 2);
    assertThat(outcomes).hasOnlyElementsOfType(Spawned.class);
    assertThat(ENDED).containsValues(ExitStatus.exited(37));
  }

  /** The loop hears of its end first: the thread that spawns is kept from its answer. */
  @Test
  void theEndOfALateOneIsHeardAfterItsOutcome() throws IOException {
    var input = files.pipe();
    spawn(Limits.NONE, input[0]); // whoever reaps is awake while there is one
    until(() -> !outcomes.isEmpty());
    outcomes.clear();
    var fifo = hanging("fifo");
    int child = SPAWNER.childrenOfLate().getLast();
    var held = new ArrayList<FileOutputStream>();
    try (var open = Files.list(Path.of("/proc/" + child + "/fd"))) {
      for (var each : open.toList()) {
        if (Files.readSymbolicLink(each).toString().startsWith("pipe:")) {
          held.add(new FileOutputStream(each.toFile())); // the helper's report among them
        }
      }
    }
    release(fifo);
    until(() -> isZombie(child));
    assertThat(outcomes).isEmpty();
    for (var each : held) {
      each.close();
    }
    until(() -> ENDED.containsKey(child));
    assertThat(outcomes).containsExactly(new Spawned(child));
    assertThat(ENDED).containsEntry(child, ExitStatus.exited(37));
    files.close(input[0]);
    files.close(input[1]);
    until(() -> ENDED.size() == 2);
  }

  private boolean isZombie(int pid) {
    var stat = ProcessStat.of(files, pid);
    return stat != null && stat.isZombie();
  }
}
