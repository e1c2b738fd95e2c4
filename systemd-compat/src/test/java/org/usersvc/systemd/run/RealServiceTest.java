package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.execution.Launcher;
import org.usersvc.daemon.execution.ProcCensus;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.mechanism.LoopTurns;
import org.usersvc.daemon.os.DescriptorLimit;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixProcesses;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.Spawner;

/** Services as real processes; the places of units are fakes. */
@Timeout(60)
final class RealServiceTest {
  private static final PosixFileSystem FILES = new PosixFileSystem();
  private static final EventLoop LOOP =
      new EventLoop(new EpollPoller(), Clock.SYSTEM, bug -> fail("a bug", bug));
  private static final PosixProcesses PROCESSES =
      new PosixProcesses(
          new PosixProcesses.Parts(
              new Spawner(LOOP.mailbox(), List.of()), new DescriptorLimit(), FILES, LOOP, null));
  private static final String SILENT = "StandardOutput=null";

  @TempDir private Path root;
  private final List<String> told = new ArrayList<>();
  private RunFixture run;

  @BeforeEach
  void begin() {
    run = new RunFixture(root);
  }

  private ServiceRunner started(String... lines) {
    var fakes = run.fakes.all();
    var mechanisms =
        new Mechanisms(
            FILES,
            PROCESSES,
            new Launcher(FILES, PROCESSES),
            new ProcCensus(FILES, LOOP, SelfProcess.pid()),
            new LoopTurns(LOOP),
            fakes.places(),
            fakes.watches(),
            fakes.sockets(),
            fakes.records());
    var unit = RunFixture.unit("a.service", lines);
    var service = new ServiceRunner(run.place(mechanisms), unit, run.reports);
    service.start(RunFixture.INVOCATION);
    return service;
  }

  private void until(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      LOOP.runOneTurn(true);
      told.addAll(run.reports.take());
    }
  }

  @Test
  void aOneshotRunsInItsHomeWithItsVariables() throws IOException {
    started(
        "Type=oneshot",
        SILENT,
        "Environment=A=1",
        "ExecStart=/bin/sh -c 'echo $$PWD $$A $$INVOCATION_ID > out'");
    until(() -> told.contains("START DONE"));
    assertThat(root.resolve("out")).hasContent(root + " 1 " + RunFixture.INVOCATION);
  }

  @Test
  void aChildInASessionOfItsOwnIsEndedByTheStop() throws IOException {
    var service =
        started(
            "Type=oneshot",
            "RemainAfterExit=yes",
            SILENT,
            "ExecStart=/bin/sh -c 'setsid sleep 99 & echo $$! > pid'");
    until(() -> told.contains("START DONE"));
    var file = root.resolve("pid");
    int child = Integer.parseInt(Files.readString(file).strip());
    assertThat(lives(child)).isTrue();
    service.stop(false);
    until(() -> told.contains("STOP DONE"));
    assertThat(lives(child)).isFalse();
    assertThat(told).endsWith("dead", "STOP DONE");
  }

  private static boolean lives(int pid) {
    var stat = ProcessStat.of(FILES, pid);
    return stat != null && !stat.isZombie();
  }
}
