package org.usersvc.client.command;

/** The exit statuses of the client. The daemon gives those below 100. */
public enum ExitStatus {
  DONE("0", "all is as was asked for"),
  FAILED("1..99", "so many services, sessions or variables failed (99: or more)"),
  NOT_RUNNING("3", "status --check, is-active: a service is not running"),
  NO_SUCH_SERVICE("4", "is-active, is-failed, is-enabled: there is no such service"),
  USAGE("100", "the command line is wrong"),
  UNREACHABLE("111", "usersvcd cannot be reached or started, or broke off"),
  NO_READER("141", "nobody reads standard output any more");

  private final String number;
  private final String meaning;

  ExitStatus(String number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** Its text in the help. */
  String number() {
    return number;
  }

  String meaning() {
    return meaning;
  }

  /** For statuses with one number, which the client itself decides. */
  public int code() {
    return Integer.parseInt(number);
  }
}
