package org.usersvc.client.command;

import java.util.Map;

/** The name of an instance of the daemon; empty for the usual one. */
final class InstanceName {
  private static final int LONGEST = 64;

  private InstanceName() {}

  static String of(String name) throws UsageException {
    boolean valid = !name.isEmpty() && name.length() <= LONGEST && name.charAt(0) != '.';
    for (int i = 0; i < name.length(); i++) {
      valid &= isAllowed(name.charAt(i));
    }
    if (!valid) {
      throw UsageException.of(
          "instance name " + name + " is not 1 to 64 of A-Z a-z 0-9 . _ - without a leading dot");
    }
    return name;
  }

  /** The one that {@code USERSVC_INSTANCE} names. */
  static String of(Map<String, String> environment) throws UsageException {
    String name = environment.getOrDefault("USERSVC_INSTANCE", "");
    return name.isEmpty() ? name : of(name);
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
