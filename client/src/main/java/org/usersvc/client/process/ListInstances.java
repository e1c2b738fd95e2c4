package org.usersvc.client.process;

import java.util.List;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.RunningDaemon;

/** Lists the daemons of the user. */
public record ListInstances() implements Errand {
  private static final String FORMAT = "%-12s %8s  %-32s %s";

  @Override
  public int run(Desk desk) throws LostOutputException {
    List<RunningDaemon> all = RunningDaemon.all();
    if (all.isEmpty()) {
      desk.console().remark("no usersvcd of yours runs; usersvcd starts one");
      return 0;
    }
    desk.console().say(FORMAT.formatted("INSTANCE", "PID", "RUNTIME DIRECTORY", "SCAN DIRECTORY"));
    for (RunningDaemon daemon : all) {
      show(desk, daemon);
    }
    return 0;
  }

  private static void show(Desk desk, RunningDaemon daemon) throws LostOutputException {
    String instance = daemon.instance();
    String scan =
        daemon.runtime().isEmpty()
            ? ""
            : ScanDirectory.asked(ControlSocket.in(daemon.base(), instance));
    String shown = instance.isEmpty() ? "-" : instance;
    String runtime = daemon.runtime().isEmpty() ? "(starts or ends)" : daemon.runtime();
    desk.console().say(FORMAT.formatted(shown, daemon.pid(), runtime, scan.isEmpty() ? "?" : scan));
    desk.console()
        .document(generator -> {
          generator.writeStringField("instance", instance);
          generator.writeNumberField("pid", daemon.pid());
          generator.writeStringField("runtime_directory", daemon.runtime());
          generator.writeStringField("scan_directory", scan);
        });
  }
}
