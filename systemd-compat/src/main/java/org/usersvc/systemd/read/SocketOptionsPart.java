package org.usersvc.systemd.read;

import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.unit.SocketOptions;
import org.usersvc.systemd.unit.SocketOptions.Option;

/** What is set at listening sockets. */
final class SocketOptionsPart extends Part {
  private static final Map<String, Option> OPTIONS =
      Map.of(
          "PassCredentials", Option.PASS_CREDENTIALS,
          "PassPIDFD", Option.PASS_PID_FD,
          "PassSecurity", Option.PASS_SECURITY,
          "KeepAlive", Option.KEEP_ALIVE,
          "NoDelay", Option.NO_DELAY,
          "ReusePort", Option.REUSE_PORT,
          "FreeBind", Option.FREE_BIND);

  private final EnumSet<Option> on = EnumSet.noneOf(Option.class);
  private long backlog = SocketOptions.LONGEST_BACKLOG;
  private @Nullable Long receiveBuffer;
  private @Nullable Long sendBuffer;

  SocketOptionsPart() {
    OPTIONS.forEach((key, option) -> on(key, value -> value.bool(isOn -> set(option, isOn))));
    on("Backlog", value -> value.number(0, SocketOptions.LONGEST_BACKLOG, read -> backlog = read));
    on("ReceiveBuffer", value -> value.bytes(read -> receiveBuffer = read));
    on("SendBuffer", value -> value.bytes(read -> sendBuffer = read));
  }

  private void set(Option option, boolean isOn) {
    if (isOn) {
      on.add(option);
    } else {
      on.remove(option);
    }
  }

  SocketOptions options() {
    return new SocketOptions(on, backlog, receiveBuffer, sendBuffer);
  }
}
