package org.usersvc.systemd.command;

/** {@code systemctl status} without a unit: what is said of the manager, without its processes. */
final class ManagerStatus {
  private static final int TITLE = 9;

  private ManagerStatus() {}

  static void show(Asking asking) {
    String state = value(asking, "SystemState");
    asking.out("● " + Clients.hostName(asking));
    field(asking, "State", state);
    field(asking, "Units", value(asking, "NNames") + " loaded (incl. loaded aliases)");
    field(asking, "Jobs", value(asking, "NJobs") + " queued");
    field(asking, "Failed", value(asking, "NFailedUnits") + " units");
    if (asking.place().object().value("UserspaceTimestamp") instanceof Number began) {
      long then = began.longValue();
      String age = Age.of(then, NextElapse.now(asking));
      field(asking, "Since", ShownValue.moment(then) + "; " + age);
    }
    field(asking, "systemd", value(asking, "Version"));
    asking.end(0);
  }

  private static String value(Asking asking, String name) {
    return String.valueOf(asking.place().object().value(name));
  }

  private static void field(Asking asking, String title, String text) {
    asking.out(" ".repeat(TITLE - title.length()) + title + ": " + text);
  }
}
