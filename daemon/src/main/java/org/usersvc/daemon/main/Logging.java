package org.usersvc.daemon.main;

import java.time.Duration;
import org.usersvc.daemon.log.LogKeeper;
import org.usersvc.daemon.log.LogKeepers;
import org.usersvc.daemon.mounts.SlowPaths;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixLogFiles;

/** The built-in logger, and the daemon's own messages in it. <b>Loop thread only.</b> */
final class Logging {
  /** The daemon's end waits so long for a slow disk. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LogMessages messages;
  private final LogKeepers keepers;

  Logging(Ground ground, LogMessages messages) {
    this.messages = messages;
    var loop = ground.platform().loop();
    var places = ground.places();
    var thread = new LogThread(loop, messages);
    var parts =
        new LogKeepers.Parts(
            loop,
            () ->
                new LogKeeper.Parts(
                    new EpollPoller(),
                    PosixFileSystem::new,
                    PosixLogFiles::new,
                    SlowPaths::new,
                    thread::run,
                    line -> loop.mailbox().post(() -> messages.warn(line)),
                    bug -> loop.mailbox().post(() -> messages.bug(bug))),
            ground.files().slowPaths(),
            messages::warn);
    this.keepers = new LogKeepers(parts, places.logs(), places.runtime().path() + "/ledger");
  }

  LogKeepers keepers() {
    return keepers;
  }

  /** Begins to write; lines have waited until now. */
  void begin() {
    messages.open(keepers);
    keepers.start();
  }

  /** Writes the waiting lines, then nothing until {@link #resume}. */
  void pause() {
    messages.close();
    keepers.pause(PATIENCE);
  }

  void resume() {
    keepers.resume();
    messages.reopen(keepers);
  }

  /** Writes the waiting lines and ends. */
  void close() {
    try {
      messages.close();
    } finally {
      keepers.close(PATIENCE);
    }
  }
}
