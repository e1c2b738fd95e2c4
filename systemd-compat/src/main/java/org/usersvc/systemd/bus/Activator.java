package org.usersvc.systemd.bus;

import java.util.List;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;

/**
 * Answers a bus that wants a unit to be started for a name, as its activation file says ({@code
 * SystemdService=}). Whoever has called that name fails at once then, and not after two minutes.
 *
 * <pre>
 * bus:      org.freedesktop.systemd1.Activator.ActivationRequest("foo.service")
 * usersvcd: org.freedesktop.systemd1.Activator.ActivationFailure("foo.service", error, text)
 * </pre>
 */
final class Activator {
  private static final String INTERFACE = "org.freedesktop.systemd1.Activator";
  private static final String NO_SUCH_UNIT = "org.freedesktop.systemd1.NoSuchUnit";

  private Activator() {}

  /** A signal has come in from a bus. <b>Loop thread only.</b> */
  static void emitted(Link bus, Emission signal) {
    if (signal.sender().equals(Link.Request.BUS)
        && signal.interfaceName().equals(INTERFACE)
        && signal.member().equals("ActivationRequest")
        && !signal.values().isEmpty()
        && signal.values().getFirst() instanceof String unit) {
      bus.signal(failure(unit));
    }
  }

  private static Link.Request failure(String unit) {
    return new Link.Request(
        Link.Request.BUS,
        SystemdBus.PATH,
        INTERFACE,
        "ActivationFailure",
        "sss",
        List.of(unit, NO_SUCH_UNIT, "Unit " + unit + " not found: usersvcd has no units."));
  }
}
