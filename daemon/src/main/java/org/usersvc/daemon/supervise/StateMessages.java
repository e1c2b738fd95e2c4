package org.usersvc.daemon.supervise;

import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.platform.Messages;

/** One line for each change of phase; an unasked change is logged at a higher level. */
final class StateMessages {
  private StateMessages() {}

  static void log(Messages messages, ServiceProcess process, Phase before) {
    switch (process.state().phase()) {
      case Phase.Running running ->
          messages.debug(process.name() + ": run started (pid " + running.pid() + ")");
      case Phase.Completed _ -> messages.debug(process.name() + ": done");
      case Phase.Down down when down.failed() ->
          messages.info(process.name() + ": has failed, stays down until it is told up");
      case Phase.Incomplete() ->
          messages.debug(process.name() + ": has no run yet, waiting for it");
      case Phase.Waiting() when !process.parts().environment().hasLogged(process.missing()) ->
          messages.info(process.name() + ": waits for " + String.join(", ", process.missing()));
      case Phase.FinishStarting _ when before instanceof Phase.Running running ->
          ended(messages, process, running.isEnding());
      case Phase.BackingOff _, Phase.Settling _ ->
          messages.info(process.name() + ": " + nextStart(process));
      case Phase.Gone() -> messages.debug(process.name() + ": no longer supervised");
      case Phase.Waiting _, Phase.Down _, Phase.Preparing _, Phase.Starting _ -> {}
      case Phase.FinishStarting _, Phase.Finishing _ -> {}
    }
  }

  private static void ended(Messages messages, ServiceProcess process, boolean meant) {
    var exit = process.history().lastExit();
    long tenths = process.history().ranFor().toMillis() / 100;
    String how = exit == null ? "unknown" : exit.describe();
    String ended =
        process.name() + ": run ended: " + how + " after " + tenths / 10 + "." + tenths % 10 + " s";
    String left = process.view().background();
    String line = ended + (left.isEmpty() ? "" : ", and " + left);
    if (meant || process.state().wanted() != Wanted.UP) {
      messages.debug(line);
    } else {
      messages.info(line);
    }
  }

  private static String nextStart(ServiceProcess process) {
    var left = process.untilRestart();
    return "next start in " + (left == null ? 0 : left.plusMillis(999).toSeconds()) + " s";
  }
}
