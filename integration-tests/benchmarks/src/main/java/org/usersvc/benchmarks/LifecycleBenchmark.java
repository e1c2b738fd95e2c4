package org.usersvc.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Lifecycle;
import org.usersvc.daemon.lifecycle.Rules;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.ExitStatus;

/** One step of the state machine, over a life of start, hangup, stop and finish. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LifecycleBenchmark {
  private static final int STEPS = 12;

  private final List<Event> life =
      List.of(
          new Event.Asked(Command.UP),
          new Event.ScriptEnded(false),
          new Event.RunStarted(100),
          new Event.Asked(Command.HUP),
          new Event.ScriptEnded(false),
          new Event.Asked(Command.DOWN),
          new Event.ScriptEnded(false),
          new Event.ScriptEnded(false),
          new Event.RunEnded(ExitStatus.killed(15, false), Duration.ofSeconds(5)),
          new Event.FinishStarted(101),
          new Event.FinishEnded(false),
          new Event.DefinitionChanged());
  private ServiceState state = ServiceState.initial(Wanted.DOWN);

  /** The life of a service, told by the step. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public void step(Blackhole blackhole) {
    for (var event : life) {
      var transition = Lifecycle.step(state, event, Rules.PLAIN);
      state = transition.next();
      blackhole.consume(transition);
    }
  }
}
