package org.usersvc.systemd.face;

import org.usersvc.daemon.wire.Call;

/** The processes of a unit. */
final class MemberVerbs implements Table.Part<Subject> {
  @Override
  public void declare(Table.Members members) {
    members.verb("GetProcesses", "", "a(sus)");
  }

  /** Its only method. */
  @Override
  public void perform(Subject subject, Call call) {
    subject.ground().members().tell(subject.record(), call);
  }
}
