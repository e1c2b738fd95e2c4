package org.usersvc.systemd.exec;

/** For what a unit runs a command. Source: systemd.service(5), systemd.socket(5). */
public enum ExecStep {
  CONDITION("ExecCondition"),
  START_PRE("ExecStartPre"),
  START("ExecStart"),
  START_POST("ExecStartPost"),
  RELOAD("ExecReload"),
  RELOAD_POST("ExecReloadPost"),
  STOP("ExecStop"),
  /** Sockets only. */
  STOP_PRE("ExecStopPre"),
  STOP_POST("ExecStopPost");

  private final String directive;

  ExecStep(String directive) {
    this.directive = directive;
  }

  /** The name of the setting, which is also that of the D-Bus property. */
  public String directive() {
    return directive;
  }
}
