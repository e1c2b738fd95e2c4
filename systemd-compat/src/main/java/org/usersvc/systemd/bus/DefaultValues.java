package org.usersvc.systemd.bus;

import org.usersvc.systemd.face.Table;

/** What holds for units whose files say nothing else. Nobody can change these defaults. */
final class DefaultValues implements Table.Part<Desk> {
  private static final long TIMEOUT = 90_000_000;
  private static final long RESTART = 100_000;
  private static final long START_LIMIT_INTERVAL = 10_000_000;
  private static final long START_LIMIT_BURST = 5;
  private static final long TIMER_ACCURACY = 60_000_000;

  @Override
  public void declare(Table.Members members) {
    members
        .value("ConfirmSpawn", "b")
        .value("ShowStatus", "b")
        .value("DefaultStandardOutput", "s")
        .value("DefaultStandardError", "s")
        .value("DefaultTimerAccuracyUSec", "t")
        .value("DefaultTimeoutStartUSec", "t")
        .value("DefaultTimeoutStopUSec", "t")
        .value("DefaultTimeoutAbortUSec", "t")
        .value("DefaultRestartUSec", "t")
        .value("DefaultStartLimitIntervalUSec", "t")
        .value("DefaultStartLimitBurst", "u")
        .value("DefaultCPUAccounting", "b")
        .value("DefaultBlockIOAccounting", "b")
        .value("DefaultMemoryAccounting", "b")
        .value("DefaultTasksAccounting", "b");
  }

  @Override
  public Object value(Desk desk, String property) {
    return switch (property) {
      case "DefaultStandardOutput" -> "journal";
      case "DefaultStandardError" -> "inherit";
      case "DefaultTimerAccuracyUSec" -> TIMER_ACCURACY;
      case "DefaultTimeoutStartUSec", "DefaultTimeoutStopUSec", "DefaultTimeoutAbortUSec" ->
          TIMEOUT;
      case "DefaultRestartUSec" -> RESTART;
      case "DefaultStartLimitIntervalUSec" -> START_LIMIT_INTERVAL;
      case "DefaultStartLimitBurst" -> START_LIMIT_BURST;
      case "ConfirmSpawn",
          "ShowStatus",
          "DefaultCPUAccounting",
          "DefaultBlockIOAccounting",
          "DefaultMemoryAccounting",
          "DefaultTasksAccounting" ->
          false;
      default -> throw Table.Part.unknown(property);
    };
  }
}
