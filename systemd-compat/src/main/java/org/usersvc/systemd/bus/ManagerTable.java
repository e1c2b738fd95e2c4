package org.usersvc.systemd.bus;

import org.usersvc.systemd.face.Table;

/** {@code org.freedesktop.systemd1.Manager}. */
final class ManagerTable {
  static final Table<Desk> TABLE =
      Table.<Desk>of("org.freedesktop.systemd1.Manager")
          .with(new EnvironmentMethods())
          .with(new UnitMethods())
          .with(new StartMethods())
          .with(new ChangeMethods())
          .with(new JobMethods())
          .with(new ListMethods())
          .with(new TransientMethods())
          .with(new FileMethods())
          .with(new FileMethods.Enabling())
          .with(new FileMethods.Changing())
          .with(new ManagerMethods())
          .with(new ManagerValues())
          .with(new DefaultValues())
          .with(new OwnLimits())
          .with(new LogValues())
          .with(new ManagerSignals())
          .build();

  private ManagerTable() {}

  /** What {@link Signals} sends. */
  private static final class ManagerSignals implements Table.Part<Desk> {
    @Override
    public void declare(Table.Members members) {
      members
          .signal("UnitNew", "so")
          .signal("UnitRemoved", "so")
          .signal("JobNew", "uos")
          .signal("JobRemoved", "uoss")
          .signal("UnitFilesChanged", "")
          .signal("Reloading", "b");
    }
  }
}
