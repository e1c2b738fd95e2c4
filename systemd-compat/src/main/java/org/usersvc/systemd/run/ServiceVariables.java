package org.usersvc.systemd.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.unit.NotifySettings.Access;

/**
 * The variables by which a command learns about its run. Used once. Source: systemd.exec(5),
 * "Environment Variables in Spawned Processes"; sd_listen_fds(3), sd_watchdog_enabled(3).
 */
final class ServiceVariables {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> pidNames = new ArrayList<>(List.of("SYSTEMD_EXEC_PID"));

  ServiceVariables(String invocation, int manager) {
    values.put("INVOCATION_ID", invocation);
    values.put("MANAGERPID", Integer.toString(manager));
  }

  /**
   * Where the command can send messages.
   *
   * @param socket null: the manager does not listen
   */
  void listening(@Nullable String socket, Access access, ExecStep step) {
    boolean heard =
        switch (access) {
          case NONE -> false;
          case MAIN -> step == ExecStep.START;
          case EXEC, ALL -> true;
        };
    if (socket != null && heard) {
      values.put("NOTIFY_SOCKET", socket);
    }
  }

  /** How often signs of life are expected; null or zero: never. */
  void watchdog(@Nullable Duration every) {
    if (every != null && !every.isZero()) {
      values.put("WATCHDOG_USEC", Long.toString(every.toNanos() / 1000));
      pidNames.add("WATCHDOG_PID");
    }
  }

  /** The sockets that are passed. */
  void passed(List<Passed> sockets) {
    if (!sockets.isEmpty()) {
      values.put("LISTEN_FDS", Integer.toString(sockets.size()));
      values.put(
          "LISTEN_FDNAMES", sockets.stream().map(Passed::name).collect(Collectors.joining(":")));
      pidNames.add("LISTEN_PID");
    }
  }

  /** One more, unless it is null. */
  void put(String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  void putAll(Map<String, String> more) {
    values.putAll(more);
  }

  Map<String, String> values() {
    return values;
  }

  /** Those that get the pid of the new process. */
  List<String> pidNames() {
    return pidNames;
  }
}
