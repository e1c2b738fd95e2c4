package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.log.LogAnswer;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.log.LogSource;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.Fifo;
import org.usersvc.daemon.platform.Platform;

/**
 * The FIFOs that the built-in logger reads. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: this class closes what it has opened, and only after the thread of the logs has
 * answered that it no longer uses it, however long the service has been gone by then.
 */
public final class LogPipes {
  /** A full disk may delay the end of a service for so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The end of a service whose FIFO is still in use. */
  private static final class Ending {
    private final Fifo fifo;
    private final Runnable removed;

    Ending(Fifo fifo, Runnable removed) {
      this.fifo = fifo;
      this.removed = removed;
    }
  }

  private final Map<String, Ending> endings = new HashMap<>();
  private final Platform platform;
  private final LogIntake logs;

  /**
   * Without FIFOs.
   *
   * @param logs of the thread that reads them
   */
  public LogPipes(Platform platform, LogIntake logs) {
    this.platform = platform;
    this.logs = logs;
  }

  /** Opens the FIFO of that name, or takes up one that is still being emptied. */
  public Fifo open(String name) throws FileFault {
    var ending = endings.remove(name);
    return ending == null ? Fifo.open(platform, name) : ending.fifo;
  }

  /** Begins to read; see {@link LogIntake#begin}. */
  public void begin(LogSource source) {
    logs.begin(source);
  }

  /** See {@link LogIntake#rename}. */
  public void rename(ServiceId id, String name) {
    logs.rename(id, name);
  }

  /** The writers have ended: runs the action when all is written, or this has taken too long. */
  public void end(ServiceId id, Fifo fifo, Runnable then) {
    end(id, fifo, then, () -> {});
  }

  /**
   * The same.
   *
   * @param removed run when the FIFO is removed, which is not so if it is opened again before
   */
  public void end(ServiceId id, Fifo fifo, Runnable then, Runnable removed) {
    var ending = new Ending(fifo, removed);
    endings.put(fifo.name(), ending);
    var written = new LogAnswer<>(platform.loop(), PATIENCE, false, _ -> then.run());
    logs.end(
        id,
        () -> {
          platform.loop().mailbox().post(() -> letGo(ending));
          written.come(true);
        });
  }

  private void letGo(Ending ending) {
    if (endings.remove(ending.fifo.name(), ending)) {
      ending.fifo.remove();
      ending.removed.run();
    }
  }
}
