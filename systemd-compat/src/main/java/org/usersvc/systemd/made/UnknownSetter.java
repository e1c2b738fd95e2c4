package org.usersvc.systemd.made;

/** A property that cannot be set, or a value that it cannot have. */
public final class UnknownSetter extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean isReadOnly;

  private UnknownSetter(boolean isReadOnly, String message) {
    super(message);
    this.isReadOnly = isReadOnly;
  }

  static UnknownSetter readOnly(String property) {
    return new UnknownSetter(true, "Cannot set property " + property + ", or unknown property.");
  }

  static UnknownSetter invalid(String property, String why) {
    return new UnknownSetter(false, "Invalid value of " + property + ": " + why);
  }

  /**
   * A value that a property cannot have.
   *
   * @param message says which one and why
   */
  public static UnknownSetter invalid(String message) {
    return new UnknownSetter(false, message);
  }

  /** Whether the property can never be set; else its value is wrong. */
  public boolean isReadOnly() {
    return isReadOnly;
  }
}
