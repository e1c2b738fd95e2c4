package org.usersvc.systemd.directive;

/** A group of directives, and what their values have made of the unit so far. */
public interface Part {
  /**
   * Reads a value.
   *
   * @return whether its directive belongs to this group
   */
  boolean take(Value value);
}
