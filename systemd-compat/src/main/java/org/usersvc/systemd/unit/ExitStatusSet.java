package org.usersvc.systemd.unit;

import java.util.Set;
import org.usersvc.daemon.model.ExitStatus;

/**
 * Ways in which a process can end, as settings such as {@code SuccessExitStatus=} list them.
 * Immutable.
 *
 * @param codes exit codes, 0 to 255
 * @param signals numbers of signals, from 1
 */
public record ExitStatusSet(Set<Integer> codes, Set<Integer> signals) {
  public static final ExitStatusSet NONE = new ExitStatusSet(Set.of(), Set.of());

  public ExitStatusSet {
    codes = Set.copyOf(codes);
    signals = Set.copyOf(signals);
  }

  /** Whether a process that ended so is meant. */
  public boolean contains(ExitStatus status) {
    return status.signal() == 0 ? codes.contains(status.code()) : signals.contains(status.signal());
  }
}
