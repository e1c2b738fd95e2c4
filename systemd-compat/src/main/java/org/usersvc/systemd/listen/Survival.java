package org.usersvc.systemd.listen;

import java.util.Arrays;
import java.util.Optional;
import org.usersvc.daemon.extension.Records;
import org.usersvc.systemd.socket.SocketState.Phase;
import org.usersvc.systemd.syntax.UnitName;

/** What the next daemon has to know of one socket unit. <b>Loop thread only.</b> */
final class Survival {
  private final String key;
  private final Records records;

  Survival(UnitName unit, Records records) {
    this.key = "socket " + unit;
    this.records = records;
  }

  /** The phase in which an earlier daemon had it; empty if the unit was not up. */
  Optional<Phase> phase() {
    String text = records.all().get(key);
    return Arrays.stream(Phase.values())
        .filter(phase -> phase.active().isActive() && phase.word().equals(text))
        .findFirst();
  }

  /** The unit has another phase. What is on its way up or down is down for the next daemon. */
  void entered(Phase phase) {
    if (phase.active().isActive()) {
      records.put(key, phase.word());
    } else {
      records.remove(key);
    }
  }

  void forget() {
    records.remove(key);
  }
}
