package org.usersvc.systemd.prepare;

import org.usersvc.systemd.condition.Facts;
import org.usersvc.systemd.exec.ExecIdentity;

/**
 * The only identity that processes of a user can have: the user, with all groups of the manager.
 * Source: what systemd 262 does without privileges; 252 does not even take the user's own name.
 */
final class OwnIdentity {
  private final Facts facts;

  OwnIdentity(Facts facts) {
    this.facts = facts;
  }

  /**
   * Checks that a unit asks for no other one.
   *
   * @throws ExecFault if it does
   */
  void check(ExecIdentity wanted) throws ExecFault {
    String user = wanted.user();
    if (user != null && !isOwnUser(user)) {
      boolean exists = facts.isUser(user);
      throw new ExecFault(
          exists ? ExecFailure.GROUP : ExecFailure.USER,
          exists
              ? "User=" + user + ": only root can run processes as another user"
              : "User=" + user + ": there is no such user");
    }
    String group = wanted.group();
    if (group != null && !isOwnGroup(group)) {
      throw other("Group=" + group);
    }
    if (!wanted.supplementary().isEmpty()) {
      throw other("SupplementaryGroups=" + String.join(" ", wanted.supplementary()));
    }
  }

  private static ExecFault other(String setting) {
    return new ExecFault(
        ExecFailure.GROUP, setting + ": only root can give processes other groups");
  }

  private boolean isOwnUser(String user) {
    return user.equals(Long.toString(facts.uid()))
        || facts.userName().filter(user::equals).isPresent();
  }

  private boolean isOwnGroup(String group) {
    return group.equals(Long.toString(facts.gid()))
        || facts.groupName().filter(group::equals).isPresent();
  }
}
