package org.usersvc.systemd.bus;

import org.usersvc.systemd.face.Table;

/** {@code org.freedesktop.systemd1.Manager}. */
final class ManagerTable {
  static final Table<Desk> TABLE =
      Table.<Desk>of("org.freedesktop.systemd1.Manager")
          .with(EnvironmentMethods::addTo)
          .with(UnitMethods::addTo)
          .with(StartMethods::addTo)
          .with(ChangeMethods::addTo)
          .with(JobMethods::addTo)
          .with(ListMethods::addTo)
          .with(TransientMethods::addTo)
          .with(FileMethods::addTo)
          .with(ManagerMethods::addTo)
          .with(ManagerValues::addTo)
          .signal("UnitNew", "so")
          .signal("UnitRemoved", "so")
          .signal("JobNew", "uos")
          .signal("JobRemoved", "uoss")
          .signal("UnitFilesChanged", "")
          .signal("Reloading", "b")
          .build();

  private ManagerTable() {}
}
