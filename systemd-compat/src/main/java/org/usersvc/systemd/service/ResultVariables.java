package org.usersvc.systemd.service;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;

/** The variables by which a command learns about its service. Source: systemd.exec(5). */
public final class ResultVariables {
  private ResultVariables() {}

  static Map<String, String> of(ServiceState state, ExecStep step) {
    var variables = new LinkedHashMap<String, String>();
    if (state.main() instanceof Child.Alive(int pid)) {
      variables.put("MAINPID", Integer.toString(pid));
    }
    if (step == ExecStep.STOP || step == ExecStep.STOP_POST) {
      variables.putAll(of("", state.result(), state.mainStatus()));
    }
    return variables;
  }

  /**
   * How a service has fared.
   *
   * @param prefix of the names
   * @param status of its main process; null: it has not ended, or there was none
   */
  public static Map<String, String> of(
      String prefix, ServiceResult result, @Nullable ExitStatus status) {
    var variables = new LinkedHashMap<String, String>();
    variables.put(prefix + "SERVICE_RESULT", result.word());
    if (status != null) {
      variables.put(prefix + "EXIT_CODE", code(status));
      variables.put(prefix + "EXIT_STATUS", status(status));
    }
    return variables;
  }

  private static String code(ExitStatus status) {
    if (status.signal() == 0) {
      return "exited";
    }
    return status.core() ? "dumped" : "killed";
  }

  private static String status(ExitStatus status) {
    return status.signal() == 0 ? Integer.toString(status.code()) : Signal.nameOf(status.signal());
  }
}
