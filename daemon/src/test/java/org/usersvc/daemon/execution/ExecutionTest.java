package org.usersvc.daemon.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.process.EndListener;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Place;

final class ExecutionTest {
  private static final SpawnRequest REQUEST =
      new SpawnRequest(new Place.At("/"), Program.of("x", List.of()), Environment.EMPTY, List.of());

  private final List<String> heard = new ArrayList<>();
  private final Answering processes = new Answering();
  private final Execution.Listener listener =
      new Execution.Listener() {
        @Override
        public void late() {
          heard.add("late");
        }

        @Override
        public void started(int pid) {
          heard.add("started " + pid);
        }

        @Override
        public void failed(Errno errno) {
          heard.add("failed " + errno.number());
        }

        @Override
        public void ended(int pid, ExitStatus status) {
          heard.add("ended " + pid + " " + status.describe());
        }
      };

  /** Answers as it is told, and notes the signals. */
  private static final class Answering implements Processes {
    private SpawnOutcome answer = new SpawnOutcome.Spawned(7);
    private EndListener onEnd = (_, _) -> {};
    private final List<String> signals = new ArrayList<>();

    @Override
    public SpawnOutcome spawn(SpawnRequest request, EndListener listener) {
      onEnd = listener;
      return answer;
    }

    @Override
    public boolean isSpawned(int pid) {
      return true;
    }

    @Override
    public void signal(int pid, Signal signal) {
      signals.add(signal + " " + pid);
    }

    @Override
    public boolean signalGroup(int leader, Signal signal) {
      return signals.add(signal + " group " + leader);
    }

    @Override
    public boolean groupLives(int leader) {
      return false;
    }

    @Override
    public @Nullable Runnable onEndOf(int pid, EndListener listener) {
      return null;
    }

    @Override
    public void afterEachEnd(Runnable action) {}
  }

  @Test
  void itIsHeardOfFromTheStartToTheEnd() {
    Execution.start(processes, REQUEST, listener);
    processes.onEnd.ended(7, ExitStatus.exited(0));
    assertThat(heard).containsExactly("started 7", "ended 7 " + ExitStatus.exited(0).describe());
    assertThat(processes.signals).isEmpty();
  }

  @Test
  void whatCannotBeExecutedIsToldOnce() {
    processes.answer = new SpawnOutcome.SpawnFailed(new Errno(Errno.ENOENT));
    Execution.start(processes, REQUEST, listener).end();
    assertThat(heard).containsExactly("failed 2");
    assertThat(processes.signals).isEmpty();
  }

  @Test
  void oneThatIsEndedBeforeItRunsIsKilledWhenItDoes() {
    var takers = new ArrayList<Consumer<SpawnOutcome>>();
    processes.answer = new SpawnOutcome.SpawnLate(takers::add);
    Execution.start(processes, REQUEST, listener).end();
    assertThat(processes.signals).isEmpty();
    takers.getFirst().accept(new SpawnOutcome.Spawned(9));
    assertThat(heard).containsExactly("late", "started 9");
    assertThat(processes.signals).containsExactly("KILL 9");
    processes.onEnd.ended(9, ExitStatus.killed(9, false));
    assertThat(processes.signals).containsExactly("KILL 9", "KILL group 9");
  }

  @Test
  void oneThatRunsAlreadyIsFollowedToo() {
    var execution = Execution.running(processes, 5, listener);
    assertThat(execution.pid()).isEqualTo(5);
    execution.end();
    execution.ended(5, ExitStatus.killed(9, false));
    assertThat(execution.pid()).isZero();
    assertThat(processes.signals).containsExactly("KILL 5", "KILL group 5");
    assertThat(heard).containsExactly("ended 5 " + ExitStatus.killed(9, false).describe());
  }

  @Test
  void aSetOfProcessesIsSignalledTogetherAndWithoutThoseThatHaveEnded()
      throws IOException, InterruptedException {
    var set = new SignalSet(processes, new PosixFileSystem());
    var other = new ProcessBuilder("sleep", "1000").start();
    int self = Math.toIntExact(ProcessHandle.current().pid());
    int pid = Math.toIntExact(other.pid());
    set.add(pid);
    set.add(self);
    set.add(pid);
    set.add(Integer.MAX_VALUE);
    assertThat(set.send(Signal.TERM)).isEqualTo(2);
    other.destroyForcibly().waitFor();
    assertThat(set.send(Signal.HUP)).isOne();
    assertThat(set.living()).isOne();
    assertThat(processes.signals).containsExactly("TERM " + pid, "TERM " + self, "HUP " + self);
  }
}
