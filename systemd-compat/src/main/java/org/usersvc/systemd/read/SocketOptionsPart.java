package org.usersvc.systemd.read;

import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.unit.SocketOptions;
import org.usersvc.systemd.unit.SocketOptions.Option;

/** What is set at listening sockets. */
final class SocketOptionsPart implements Part {
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

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Backlog" -> value.number(0, SocketOptions.LONGEST_BACKLOG, read -> backlog = read);
      case "ReceiveBuffer" -> value.bytes(read -> receiveBuffer = read);
      case "SendBuffer" -> value.bytes(read -> sendBuffer = read);
      default -> {
        return takeOther(value);
      }
    }
    return true;
  }

  private boolean takeOther(Value value) {
    var meant = OPTIONS.get(value.key());
    if (meant == null) {
      return false;
    }
    value.bool(isOn -> set(meant, isOn));
    return true;
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
