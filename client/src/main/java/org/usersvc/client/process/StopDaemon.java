package org.usersvc.client.process;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.RunningDaemon;

/**
 * Ends the daemon of the instance by TERM, which stops its services, and waits until it has gone.
 *
 * @param patience how long it waits; null: as long as it takes
 */
public record StopDaemon(@Nullable Duration patience) implements Errand {
  private static final int UNREACHABLE = 111;

  /** After so long a line says what is waited for. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @Override
  public int run(Desk desk) throws LostOutputException {
    ControlSocket socket = desk.socket();
    boolean answers = !ScanDirectory.asked(socket).isEmpty();
    @Nullable RunningDaemon daemon = answers ? find(desk.instance(), socket.path()) : null;
    if (daemon == null) {
      desk.console()
          .fail("usersvcd", "none runs at " + socket.path() + "; usersvc instances lists others");
      return UNREACHABLE;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(daemon.pid());
    if (process.isPresent() && !process.get().destroy()) {
      desk.console()
          .fail("usersvcd", "pid " + daemon.pid() + " cannot be sent TERM; ask as its user");
      return UNREACHABLE;
    }
    return process.isEmpty() || ended(desk, process.get())
        ? report(desk, daemon.pid())
        : late(desk, daemon.pid());
  }

  /** The one of the instance with that socket. */
  private static @Nullable RunningDaemon find(String instance, String socket) {
    String path = socket.replaceAll("/+", "/");
    for (RunningDaemon daemon : RunningDaemon.all()) {
      boolean same = isSame(daemon.runtime() + "/control", path);
      if (same && daemon.instance().equals(instance)) {
        return daemon;
      }
    }
    return null;
  }

  /** Whether both paths lead to one socket. */
  private static boolean isSame(String one, String other) {
    try {
      return one.equals(other) || Files.isSameFile(NativePath.of(one), NativePath.of(other));
    } catch (IOException | IllegalArgumentException absent) {
      return false;
    }
  }

  private boolean ended(Desk desk, ProcessHandle process) throws LostOutputException {
    boolean brief = patience != null && patience.compareTo(SOON) <= 0;
    if (await(process, brief ? patience : SOON)) {
      return true;
    }
    if (brief) {
      return false;
    }
    if (!desk.console().json()) {
      desk.console().remark("usersvcd (pid " + process.pid() + ") stops its services");
      desk.console().output().flush();
    }
    return await(process, patience == null ? null : patience.minus(SOON));
  }

  private static boolean await(ProcessHandle process, @Nullable Duration longest) {
    try {
      if (longest == null) {
        process.onExit().get();
      } else {
        process.onExit().get(longest.toMillis(), TimeUnit.MILLISECONDS);
      }
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException unknown) {
      return !process.isAlive();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int report(Desk desk, long pid) throws LostOutputException {
    desk.console().say("usersvcd (pid " + pid + ") has ended");
    desk.console()
        .document(generator -> {
          generator.writeStringField("name", "usersvcd");
          generator.writeStringField("result", "ended");
          generator.writeNumberField("pid", pid);
        });
    return 0;
  }

  private static int late(Desk desk, long pid) throws LostOutputException {
    desk.console()
        .fail("usersvcd", "pid " + pid + " still stops its services; usersvc list shows them");
    return 1;
  }
}
