package org.usersvc.daemon.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.os.PosixFileSystem;

/** With the real /proc. */
final class ProcCensusTest {
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, bugs::add);
  private final int self = Math.toIntExact(ProcessHandle.current().pid());
  private final List<String> read = new ArrayList<>();
  private final ProcCensus census = new ProcCensus(noting(new PosixFileSystem()), loop, self);
  private final List<Process> started = new ArrayList<>();

  /** Notes which files are read. */
  private FileSystem noting(FileSystem files) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          if (method.getName().equals("read")) {
            read.add((String) arguments[1]);
          }
          try {
            return method.invoke(files, arguments);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        };
    var type = FileSystem.class;
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private int start(Map<String, String> environment, String... command) throws IOException {
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    started.add(process);
    return Math.toIntExact(process.pid());
  }

  private ProcessTable table() {
    var answers = new ArrayList<ProcessTable>();
    census.ask(answers::add);
    turnUntil(answers, 1);
    return answers.getFirst();
  }

  private void turnUntil(List<?> answers, int count) {
    for (int turns = 0; answers.size() < count; turns++) {
      assertThat(turns).as("turns without an answer").isLessThan(100_000);
      loop.runOneTurn(false);
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
    assertThat(bugs).isEmpty();
  }

  @Test
  void findsTheProcessesOfAnInvocationAndNotItself() throws IOException {
    int with = start(Map.of("INVOCATION_ID", "c0ffee", "A", "b"), "/bin/sleep", "1000");
    int without = start(Map.of("A", "b"), "/bin/sleep", "1000");
    var table = table();
    assertThat(table.of(new ProcessTable.Unit("c0ffee", Map.of()))).containsExactly(with);
    var entry = Objects.requireNonNull(table.find(without));
    assertThat(entry.invocation()).isNull();
    assertThat(entry.parent()).isEqualTo(self);
    assertThat(table.find(self)).isNull();
  }

  @Test
  void anEndedProcessIsNotInTheNextTable() throws IOException, InterruptedException {
    int pid = start(Map.of("INVOCATION_ID", "c0ffee"), "/bin/sleep", "1000");
    assertThat(table().find(pid)).isNotNull();
    started.getFirst().destroyForcibly().waitFor();
    assertThat(table().find(pid)).isNull();
  }

  @Test
  void theProcessesOfOtherUnitsAreNotReadAgainAtOnce() throws IOException {
    int one = start(Map.of("INVOCATION_ID", "c0ffee"), "/bin/sleep", "1000");
    int other = start(Map.of("INVOCATION_ID", "decaf"), "/bin/sleep", "1000");
    table();
    read.clear();
    assertThat(table().of(new ProcessTable.Unit("c0ffee", Map.of()))).containsExactly(one);
    assertThat(read).contains("/proc/" + one + "/stat").doesNotContain("/proc/" + other + "/stat");
    clock.advance(Duration.ofMillis(250));
    table();
    assertThat(read).contains("/proc/" + other + "/stat");
  }

  @Test
  void anEndedProcessThatWasNotReadAgainIsNoMember() throws IOException, InterruptedException {
    int pid = start(Map.of("INVOCATION_ID", "c0ffee"), "/bin/sleep", "1000");
    table();
    var answers = new ArrayList<ProcessTable>();
    census.ask(answers::add);
    turnUntil(answers, 1);
    started.getFirst().destroyForcibly().waitFor();
    var table = answers.getFirst();
    assertThat(table.byInvocation()).doesNotContainKey("c0ffee");
    assertThat(table.of(new ProcessTable.Unit("c0ffee", Map.of(pid, 0L)))).isEmpty();
    assertThat(table.all()).noneMatch(entry -> entry.pid() == pid);
  }

  @Test
  void aProcessIsLookedAtAgainAfterItHasExecutedAnotherProgram() throws IOException {
    String script = "read line; exec env INVOCATION_ID=c0ffee sleep 1000";
    int pid = start(Map.of("PATH", "/usr/bin:/bin"), "/bin/sh", "-c", script);
    assertThat(Objects.requireNonNull(table().find(pid)).invocation()).isNull();
    try (var input = started.getFirst().outputWriter()) {
      input.write("go\n");
    }
    String found = null;
    for (int looks = 0; found == null; looks++) {
      assertThat(looks).as("looks in vain").isLessThan(100_000);
      found = Objects.requireNonNull(table().find(pid)).invocation();
    }
    assertThat(found).isEqualTo("c0ffee");
  }

  @Test
  void aReadingIsFollowedByARestThatIsAsLong() {
    var answers = new ArrayList<ProcessTable>();
    census.ask(answers::add);
    loop.soon(() -> clock.advance(Duration.ofMillis(20)));
    turnUntil(answers, 1);
    census.ask(answers::add);
    census.ask(answers::add);
    clock.advance(Duration.ofMillis(19));
    loop.runOneTurn(false);
    loop.runOneTurn(false);
    assertThat(answers).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    turnUntil(answers, 3);
  }

  @Test
  void allWhoAskGetTheSameTableUnlessItIsBeingRead() {
    var answers = new ArrayList<ProcessTable>();
    census.ask(answers::add);
    census.ask(table -> {
      answers.add(table);
      census.ask(answers::add);
    });
    turnUntil(answers, 3);
    assertThat(answers.get(0)).isSameAs(answers.get(1)).isNotSameAs(answers.get(2));
  }
}
