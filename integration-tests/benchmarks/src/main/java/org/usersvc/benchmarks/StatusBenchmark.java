package org.usersvc.benchmarks;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;

/** The bytes that sv and svstat read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StatusBenchmark {
  private Status status =
      new Status(
          new ServiceState(new Phase.Running(812, true, true), Wanted.DOWN, false, null, 0),
          Instant.parse("2026-01-02T03:04:05.678Z"));

  /** supervise/status. */
  @Benchmark
  public byte[] encode() {
    return status.encode();
  }

  /** supervise/stat. */
  @Benchmark
  public byte[] stat() {
    return status.stat();
  }
}
