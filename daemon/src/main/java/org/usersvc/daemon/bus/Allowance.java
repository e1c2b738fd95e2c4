package org.usersvc.daemon.bus;

/** Memory that long messages take while they come in, for all connections together, in bytes. */
final class Allowance {
  private int left;

  Allowance(int size) {
    left = size;
  }

  /** False if there is not so much left. */
  boolean take(int size) {
    if (size > left) {
      return false;
    }
    left -= size;
    return true;
  }

  void giveBack(int size) {
    left += size;
  }
}
