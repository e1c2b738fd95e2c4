package org.usersvc.daemon.main;

import java.io.IOException;
import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.os.Background;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.Threads;
import org.usersvc.daemon.render.Version;

/** usersvcd. The main thread becomes the event loop. */
public final class Main {
  private Main() {}

  /** Runs until a signal ends it; see {@link Settings#USAGE}. */
  public static void main(String[] args) {
    Threads.endProcessOnError(Fatal.TROUBLE);
    try {
      System.exit(run(SelfProcess.arguments(args.length)));
    } catch (Fatal fatal) {
      System.err.println("usersvcd: fatal: " + fatal.getMessage());
      System.exit(fatal.status());
    } catch (IOException fault) {
      System.err.println("usersvcd: fatal: " + fault.getMessage());
      System.exit(Fatal.TROUBLE);
    }
  }

  private static int run(List<String> arguments) throws Fatal, IOException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(Settings.USAGE);
      return 0;
    }
    if (arguments.contains("--version")) {
      return showVersion();
    }
    return runDaemon(Settings.parse(arguments), arguments);
  }

  /** Prints the version; fails if the program is not whole. */
  private static int showVersion() throws Fatal, IOException {
    String classPath = SelfProcess.argumentAfter("-cp");
    String trouble =
        classPath == null ? null : Installation.trouble(new PosixFileSystem(), classPath);
    if (trouble != null) {
      throw new Fatal(Fatal.TROUBLE, trouble + "; install usersvc again");
    }
    System.out.println(Version.line());
    return 0;
  }

  private static int runDaemon(Settings settings, List<String> arguments)
      throws Fatal, IOException, FileFault {
    var again = arguments.stream().filter(word -> !word.equals(Settings.BACKGROUND)).toList();
    var background = new Background();
    if (settings.background()) {
      background.enter();
    }
    try {
      return new Daemon(settings, again, background).run();
    } catch (Fatal | IOException fault) {
      background.write("usersvcd: fatal: " + fault.getMessage());
      throw fault;
    }
  }
}
