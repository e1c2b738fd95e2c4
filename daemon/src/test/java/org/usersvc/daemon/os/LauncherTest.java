package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.execution.Launch;
import org.usersvc.daemon.execution.Launcher;
import org.usersvc.daemon.execution.Stream;
import org.usersvc.daemon.files.Opening;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.Traits;

/** Launches on the real kernel, with the real usersvc-exec. */
final class LauncherTest {
  private static final EventLoop LOOP =
      new EventLoop(new EpollPoller(), Clock.SYSTEM, bug -> fail("a bug", bug));
  private static final PosixFileSystem FILES = new PosixFileSystem();

  @TempDir private static Path programs = Path.of("");
  private static @Nullable Processes processes;

  @TempDir private Path root;
  private final List<String> heard = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private int pid;

  private final Launcher.Listener listener =
      new Launcher.Listener() {
        @Override
        public void started(int child) {
          pid = child;
        }

        @Override
        public void failed(Launcher.Step step, Errno errno) {
          heard.add(step + " " + errno.number());
        }

        @Override
        public void ended(int child, ExitStatus status) {
          heard.add(status.describe());
        }
      };

  @BeforeAll
  static void make() throws IOException, InterruptedException {
    var spawner = new Spawner(LOOP.mailbox(), List.of());
    String helper = Helper.exec(programs);
    processes =
        new PosixProcesses(
            new PosixProcesses.Parts(spawner, new DescriptorLimit(), FILES, LOOP, helper));
  }

  private void launch(String script, Traits traits, Launch.Streams streams) {
    launch(root.toString(), Program.of("/bin/sh", List.of("-c", script)), traits, streams);
  }

  private void launch(String directory, Program program, Traits traits, Launch.Streams streams) {
    var launcher = new Launcher(FILES, processes == null ? fail("no processes") : processes);
    var confinement = new Confinement(Limits.NONE, traits, refusals::addAll);
    var environment = FakeEnvironment.of("PATH=/usr/bin:/bin", "LISTEN_PID=x");
    launcher.launch(new Launch(program, directory, environment, confinement, streams), listener);
    while (heard.isEmpty()) {
      LOOP.runOneTurn(true);
    }
  }

  private Stream file(String name, Opening how) {
    return new Stream.File(root.resolve(name).toString(), how);
  }

  private Launch.Streams into(Stream output) {
    return Launch.Streams.of(Stream.NULL, output, output);
  }

  private static Traits pids(String... names) {
    return new Traits(List.of(names), false, null, null);
  }

  @Test
  void variablesHaveThePidThatExecutes() throws IOException {
    launch(
        "echo $LISTEN_PID $SYSTEMD_EXEC_PID $$",
        pids("LISTEN_PID", "SYSTEMD_EXEC_PID"),
        into(file("out", Opening.TRUNCATE)));
    assertThat(root.resolve("out")).hasContent("%d %d %d".formatted(pid, pid, pid));
    assertThat(refusals).isEmpty();
  }

  @Test
  void brokenPipesOomScoreAndPriorityAreAsAskedFor() throws IOException {
    var traits = new Traits(List.of(), true, 500, new Traits.IoPriority(3, 0));
    launch(
        "grep SigIgn /proc/$$/status; cat /proc/$$/oom_score_adj; ionice -p $$",
        traits,
        into(file("out", Opening.TRUNCATE)));
    assertThat(Files.readAllLines(root.resolve("out")))
        .containsExactly("SigIgn:\t0000000000001000", "500", "idle");
  }

  @Test
  void withoutTraitsNoSignalIsIgnored() {
    launch("grep SigIgn /proc/$$/status", Traits.NONE, into(file("out", Opening.TRUNCATE)));
    assertThat(root.resolve("out")).hasContent("SigIgn:\t0000000000000000");
  }

  @Test
  void aRefusedTraitDoesNotPreventTheStart() {
    launch("exit 3", new Traits(List.of(), false, 5000, null), into(Stream.NULL));
    assertThat(heard).containsExactly(ExitStatus.exited(3).describe());
    assertThat(refusals).hasSize(1);
    assertThat(refusals.getFirst().describe()).startsWith("cannot set oom to 5000: ");
  }

  @Test
  void outputIsAppendedTruncatedOrWrittenOver() throws IOException {
    for (var how : List.of(Opening.APPEND, Opening.TRUNCATE, Opening.WRITE)) {
      Files.writeString(root.resolve(how.name()), "12345\n");
      heard.clear();
      launch("echo a; echo b >&2", Traits.NONE, into(file(how.name(), how)));
    }
    assertThat(root.resolve("APPEND")).hasContent("12345\na\nb\n");
    assertThat(root.resolve("TRUNCATE")).hasContent("a\nb\n");
    assertThat(root.resolve("WRITE")).hasContent("a\nb\n5\n");
  }

  @Test
  void inputComesFromAFileAndDescriptorsArePassedFromThreeOn() throws IOException {
    Files.writeString(root.resolve("in"), "input\n");
    Files.writeString(root.resolve("passed"), "passed\n");
    int passed = FILES.openToRead(-100, root.resolve("passed").toString());
    var output = file("out", Opening.TRUNCATE);
    var streams =
        new Launch.Streams(file("in", Opening.READ), output, output, List.of(passed, passed));
    launch("cat; cat <&4; ls /proc/$$/fd | wc -l", Traits.NONE, streams);
    FILES.close(passed);
    assertThat(root.resolve("out")).hasContent("input\npassed\n5\n");
  }

  @Test
  void theStepThatFailsIsNamed() throws IOException {
    var fine = into(Stream.NULL);
    var absent = file("no/such", Opening.APPEND);
    var program = Program.of("/bin/true", List.of());
    launch(root + "/nosuch", program, Traits.NONE, fine);
    heard.add(":");
    launch("exit", Traits.NONE, Launch.Streams.of(absent, absent, absent));
    launch("exit", Traits.NONE, Launch.Streams.of(Stream.NULL, absent, absent));
    launch("exit", Traits.NONE, Launch.Streams.of(Stream.NULL, Stream.NULL, absent));
    launch(root.toString(), Program.of("/nosuch", List.of()), Traits.NONE, fine);
    launch(root.toString(), Program.of("/nosuch", List.of()), pids("A"), fine);
    heard.remove(":");
    assertThat(heard)
        .containsExactly("DIRECTORY 2", "INPUT 2", "OUTPUT 2", "ERROR 2", "PROGRAM 2", "PROGRAM 2");
  }

  @Test
  void noFileStaysOpen() throws IOException {
    launch("exit", Traits.NONE, into(file("out", Opening.APPEND)));
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.filter(each -> leadsBelow(each))).isEmpty();
    }
  }

  private boolean leadsBelow(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(root);
    } catch (IOException ignored) { // closed meanwhile
      return false;
    }
  }
}
