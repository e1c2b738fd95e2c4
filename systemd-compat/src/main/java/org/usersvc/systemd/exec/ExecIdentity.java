package org.usersvc.systemd.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As whom processes are to run. Immutable. Source: systemd.exec(5), "User/Group Identity".
 *
 * @param user {@code User=}, a name or number; null: the manager's own
 * @param group {@code Group=}, a name or number; null: that of the user
 * @param supplementary {@code SupplementaryGroups=}, names or numbers
 */
public record ExecIdentity(
    @Nullable String user, @Nullable String group, List<String> supplementary) {
  public static final ExecIdentity OWN = new ExecIdentity(null, null, List.of());

  public ExecIdentity {
    supplementary = List.copyOf(supplementary);
  }
}
