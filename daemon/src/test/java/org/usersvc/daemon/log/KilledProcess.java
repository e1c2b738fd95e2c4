package org.usersvc.daemon.log;

import java.io.IOException;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixLogFiles;
import org.usersvc.daemon.os.Threads;

/** A process that only logs, until it is killed or its standard input says that it is to end. */
final class KilledProcess {
  private KilledProcess() {}

  /**
   * Logs.
   *
   * @param arguments the directory, and how many FIFOs there are
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String root = arguments[0];
    int count = Integer.parseInt(arguments[1]);
    var parts =
        new LogKeeper.Parts(
            new EpollPoller(),
            PosixFileSystem::new,
            PosixLogFiles::new,
            _ -> new NoMounts(),
            work -> Threads.start("usersvc-log", work, death -> System.exit(1)),
            System.err::println,
            bug -> System.err.println("bug: " + bug));
    var keeper = new LogKeeper(parts, root + "/log", root + "/ledger", null);
    var files = new PosixFileSystem();
    for (int i = 0; i < count; i++) {
      int pipe = files.openFifo(FileSystem.ABSOLUTE, root + "/" + i);
      keeper.begin(new LogSource(new ServiceId(1, i + 1L), "s" + i, pipe, LogFormat.NONE));
    }
    keeper.start();
    System.out.write('!');
    System.out.flush();
    if (System.in.read() >= 0) {
      keeper.close().await();
    }
  }
}
