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
  /** So long the end of the daemon waits for a slow disk. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LogMessages messages;
  private final LogKeepers keepers;
  private final boolean verbose;

  /** With whether every change of state is told. */
  Logging(Ground ground, LogMessages messages, boolean verbose) {
    this.messages = messages;
    this.verbose = verbose;
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

  /** Lines have waited until now. */
  void begin() {
    messages.open(verbose, keepers);
    keepers.start();
  }

  /** Writes what there is, then nothing until {@link #resume}. */
  void pause() {
    messages.close();
    keepers.pause(PATIENCE);
  }

  void resume() {
    keepers.resume();
    messages.reopen(verbose, keepers);
  }

  /** Writes what there is. */
  void close() {
    try {
      messages.close();
    } finally {
      keepers.close(PATIENCE);
    }
  }
}
