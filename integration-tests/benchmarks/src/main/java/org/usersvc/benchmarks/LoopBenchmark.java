package org.usersvc.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Lifecycle;
import org.usersvc.daemon.lifecycle.Rules;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.DayTimer;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.Poller;

/** One turn of the loop of a large tree in which one service has one event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LoopBenchmark {
  private static final int SERVICES = 10_000;
  private static final int FIRST_DESCRIPTOR = 10;

  /** How many of the services have a timer armed. */
  @Param({"0", "10000"})
  private int timers;

  private final ServiceState[] states = new ServiceState[SERVICES];
  private final OneEventPoller poller = new OneEventPoller();
  private final EventLoop loop =
      new EventLoop(
          poller,
          new StandingClock(),
          bug -> {
            throw bug;
          });

  /** Tells in each turn of the next descriptor, as if a letter had come in. */
  private static final class OneEventPoller implements Poller {
    private int next;

    @Override
    public void watch(int descriptor) {}

    @Override
    public void change(int descriptor, boolean readable, boolean writable) {}

    @Override
    public void forget(int descriptor) {}

    @Override
    public void await(int timeoutMillis, Ready ready) {
      next = next + 1 == SERVICES ? 0 : next + 1;
      ready.descriptor(FIRST_DESCRIPTOR + next);
    }

    @Override
    public void wake() {}

    @Override
    public DayTimer dayTimer() {
      throw new UnsupportedOperationException("nothing waits for a time of the day");
    }
  }

  /** Reading the real clock would be a large part of the turn. */
  private static final class StandingClock implements Clock {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Instant wall() {
      return Instant.EPOCH;
    }
  }

  /** Brings all services up. */
  @Setup
  public void start() {
    for (int i = 0; i < SERVICES; i++) {
      int service = i;
      states[i] = ServiceState.initial(Wanted.UP);
      feed(i, new Event.Asked(Command.UP));
      feed(i, new Event.ScriptEnded(false));
      feed(i, new Event.RunStarted(1000 + i));
      loop.onReadable(FIRST_DESCRIPTOR + i, () -> hangUp(service));
      if (i < timers) {
        loop.timers().after(Duration.ofSeconds(60 + i % 60), () -> {});
      }
    }
  }

  private void feed(int service, Event event) {
    states[service] = Lifecycle.step(states[service], event, Rules.PLAIN).next();
  }

  private void hangUp(int service) {
    feed(service, new Event.Asked(Command.HUP));
    feed(service, new Event.ScriptEnded(false));
  }

  /** A turn with a hangup for one service. */
  @Benchmark
  public ServiceState[] turn() {
    loop.runOneTurn(true);
    return states;
  }
}
