package org.usersvc.systemd.directive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecIdentity;

/** As whom processes run. */
final class IdentityPart implements Part {
  private @Nullable String user;
  private @Nullable String group;
  private final List<String> supplementary = new ArrayList<>();

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "User" -> user = orNull(value);
      case "Group" -> group = orNull(value);
      case "SupplementaryGroups" -> value.list(supplementary);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String orNull(Value value) {
    return value.isEmpty() ? null : value.text();
  }

  ExecIdentity identity() {
    return new ExecIdentity(user, group, supplementary);
  }
}
