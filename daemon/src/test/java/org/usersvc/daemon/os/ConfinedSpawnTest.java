package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/** What posix_spawn cannot do by itself, with the real usersvc-exec. */
final class ConfinedSpawnTest {
  private static final Environment ENVIRONMENT = FakeEnvironment.of("PATH=/usr/bin:/bin");
  private static final Map<Integer, ExitStatus> ENDED = new HashMap<>();
  private static final EventLoop LOOP =
      new EventLoop(new EpollPoller(), Clock.SYSTEM, bug -> fail("a bug", bug));

  @TempDir private static Path programs = Path.of("");
  private static @Nullable PosixProcesses processes;

  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final Libc libc = new Libc();
  private final List<Refusal> refusals = new ArrayList<>();
  private int[] out = {};

  @BeforeAll
  static void make() throws IOException, InterruptedException {
    var limit = new DescriptorLimit();
    String helper = Helper.exec(programs);
    processes =
        new PosixProcesses(
            new PosixProcesses.Parts(
                new Spawner(LOOP.mailbox(), List.of()),
                limit,
                new PosixFileSystem(),
                LOOP,
                helper));
  }

  @BeforeEach
  void open() throws IOException {
    out = files.pipe();
    ENDED.clear();
  }

  @AfterEach
  void close() {
    files.close(out[0]);
  }

  private SpawnOutcome spawn(Program program, Limits limits, Redirect... more) {
    var redirects = new ArrayList<>(List.of(more));
    redirects.add(new Redirect(1, out[1], Access.WRITE));
    var confinement = new Confinement(limits, refusals::addAll);
    var place = new Place.At(root.toString());
    var request = new SpawnRequest(place, program, ENVIRONMENT, "", confinement, redirects);
    return processes == null
        ? fail("no processes")
        : processes.spawn(request, (pid, status) -> ENDED.put(pid, status));
  }

  /** What a shell says with these limits. */
  private String said(String script, Limits limits, Redirect... more) throws FileFault {
    var outcome = spawn(Program.of("/bin/sh", List.of("-c", script)), limits, more);
    files.close(out[1]);
    assertThat(outcome).isInstanceOf(Spawned.class);
    var all = new StringBuilder();
    var block = new byte[4096];
    for (int length = files.read(out[0], block); length > 0; length = files.read(out[0], block)) {
      all.append(new String(block, 0, length, ISO_8859_1));
    }
    while (ENDED.isEmpty()) {
      LOOP.runOneTurn(true);
    }
    return all.toString();
  }

  private static Limits nofile(long soft, long hard) {
    return new Limits(Map.of(Resource.NOFILE, new Bound(soft, hard)), null, null);
  }

  @Test
  void usersvcExecIsReapedIfTheProgramCannotBeExecuted() throws IOException {
    var outcome = spawn(Program.of("/nosuch", List.of()), nofile(100, 200));
    files.close(out[1]);
    assertThat(outcome).isInstanceOf(SpawnFailed.class);
    var children =
        ProcessHandle.current().children().map(child -> ProcessStat.of(files, (int) child.pid()));
    assertThat(children.filter(Objects::nonNull).filter(ProcessStat::isZombie)).isEmpty();
  }

  @Test
  void itHasTheLimitsThatWereAskedFor() throws IOException {
    var bounds = new LinkedHashMap<Resource, Bound>();
    bounds.put(Resource.NOFILE, new Bound(100, 200));
    bounds.put(Resource.CORE, new Bound(0, 0));
    bounds.put(Resource.MEMLOCK, new Bound(4096, 8192));
    String facts = said("umask; nice; cat /proc/self/limits", new Limits(bounds, 5, 0077));
    assertThat(facts)
        .startsWith("0077\n5\n")
        .containsPattern("Max open files +100 +200 ")
        .containsPattern("Max core file size +0 +0 ")
        .containsPattern("Max locked memory +4096 +8192 ");
    assertThat(refusals).isEmpty();
  }

  @Test
  void everyResourceIsKnownToTheHelper() throws IOException {
    var bounds = new LinkedHashMap<Resource, Bound>();
    for (var resource : Resource.values()) {
      if (resource != Resource.RTPRIO) { // that may be 0
        bounds.put(resource, new Bound(1L << 40, 1L << 40));
      }
    }
    bounds.remove(Resource.NOFILE); // not so many
    said("true", new Limits(bounds, null, null));
    assertThat(refusals).noneMatch(refusal -> refusal.errno().is(Errno.EINVAL));
  }

  @Test
  void whatTheKernelRefusesIsToldAndTheNearestIsUsed() throws IOException {
    String hard = said("ulimit -Hn", Limits.NONE).strip();
    out = files.pipe();
    ENDED.clear();
    assertThat(said("ulimit -n", nofile(100, 1L << 40))).isEqualTo("100\n");
    var had = new Bound(100, Long.parseLong(hard));
    String wanted = "100:" + (1L << 40);
    assertThat(refusals)
        .containsExactly(new Refusal("nofile", wanted, new Errno(Errno.EPERM), had));
    assertThat(refusals.getFirst().describe())
        .isEqualTo(
            "cannot raise nofile to %s, the hard limit is %s: started with 100", wanted, hard);
  }

  @Test
  void whatCannotBeExecutedIsToldAsWithoutLimits() throws IOException {
    Files.writeString(root.resolve("no-permission"), "#!/bin/sh\n");
    var odd = Files.writeString(root.resolve("no-format"), "\u007f no program\n");
    Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(failure("./absent")).isEqualTo(new Errno(Errno.ENOENT));
    assertThat(failure("./no-permission")).isEqualTo(new Errno(Errno.EACCES));
    assertThat(failure("./no-format")).isEqualTo(new Errno(8));
    assertThat(failure("x".repeat(5000))).isEqualTo(new Errno(Errno.ENAMETOOLONG));
    LOOP.runOneTurn(false);
    assertThat(ENDED).as("children that never were").isEmpty();
    files.close(out[1]);
  }

  private Errno failure(String file) {
    return spawn(Program.of(file, List.of()), nofile(100, 100)) instanceof SpawnFailed(var errno)
        ? errno
        : new Errno(0);
  }

  @Test
  void argv0IsApartFromTheProgram() throws IOException {
    var outcome =
        spawn(new Program("/bin/sh", List.of("odd", "-c", "echo $0 $1", "a", "b")), Limits.NONE);
    assertThat(outcome).isInstanceOf(Spawned.class);
    var block = new byte[100];
    int length = files.read(out[0], block);
    assertThat(new String(block, 0, length, ISO_8859_1)).isEqualTo("a b\n");
    files.close(out[1]);
  }

  @Test
  void socketsAreShared() throws IOException {
    var first = socketPair();
    var second = socketPair();
    String facts =
        said(
            "echo one >&9; echo two >&3; ls /proc/self/fd",
            nofile(64, 64),
            new Redirect(9, first[0], Access.SHARED),
            new Redirect(3, second[0], Access.SHARED));
    assertThat(facts.lines()).as("and that of ls").contains("0", "1", "2", "3", "9").hasSize(6);
    assertThat(text(first[1])).isEqualTo("one\n");
    assertThat(text(second[1])).isEqualTo("two\n");
    for (int descriptor : new int[] {first[0], first[1], second[0], second[1]}) {
      files.close(descriptor);
    }
  }

  private int[] socketPair() {
    var memory = new Scratch(16);
    long pair = memory.take(8);
    assertThat(libc.call(Libc.function("socketpair"), 1, 1 | 02000000, 0, pair)).isZero();
    return new int[] {memory.getInt(pair), memory.getInt(pair + 4)};
  }

  private String text(int descriptor) throws FileFault {
    var block = new byte[100];
    return new String(block, 0, files.read(descriptor, block), ISO_8859_1);
  }

  @Test
  void aDescriptorMayHaveTheHighestNumberThatIsAllowed() throws IOException {
    long soft = new DescriptorLimit().original();
    var highest = new Redirect((int) soft - 1, out[1], Access.WRITE);
    var near = new Redirect(4, out[1], Access.WRITE);
    String facts = said("ls /proc/self/fd", new Limits(Map.of(), null, 077), highest, near);
    assertThat(facts.lines()).as("and that of ls").contains("4", soft - 1 + "").hasSize(6);
  }

  @Test
  void withoutTheHelperItStartsWithoutLimitsAndThatIsTold() throws IOException {
    var helper = programs.resolve("usersvc-exec");
    var away = Files.move(helper, programs.resolve("away"));
    try {
      String facts = said("umask; ls /proc/self/fd", new Limits(Map.of(), 5, 0123));
      assertThat(facts.lines()).doesNotContain("0123").as("and that of ls").hasSize(5);
      assertThat(refusals).extracting(Refusal::name).containsExactly("nice", "umask");
      assertThat(refusals.getFirst().describe()).contains("cannot set nice", "usersvc-exec");
      refusals.clear();
      assertThat(failure("./absent")).isEqualTo(new Errno(Errno.ENOENT));
    } finally {
      Files.move(away, helper);
    }
  }

  /** Else a daemon that was killed would take what it starts with it. */
  @Test
  void theHelperBecomesTheProgramThoughNobodyHearsItsReport() throws IOException {
    said(
        "mkfifo f; exec 8<>f 9>f 8>&-; exec "
            + programs
            + "/usersvc-exec 9 odd=1 -- /bin/sh sh -c 'grep SigIgn /proc/self/status > ignored'",
        Limits.NONE);
    assertThat(root.resolve("ignored")).hasContent("SigIgn:\t0000000000000000");
  }

  @Test
  void aDescriptorThatIsNotOpenIsToldAndNothingStarts() {
    var outcome =
        spawn(Program.of("/bin/true", List.of()), Limits.NONE, new Redirect(3, 900, Access.SHARED));
    assertThat(outcome).isEqualTo(new SpawnFailed(new Errno(9)));
    files.close(out[1]);
  }
}
