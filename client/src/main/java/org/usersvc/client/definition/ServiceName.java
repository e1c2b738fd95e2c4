package org.usersvc.client.definition;

import java.util.regex.Pattern;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.socket.NativeText;

/** The names of services that may be made. */
final class ServiceName {
  private static final int LONGEST = 100;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@:+-]*");

  private static final Pattern UNIT =
      Pattern.compile(".*\\.(?:service|socket|target|timer|path|mount|slice|scope|device|swap)");

  private ServiceName() {}

  /** Refuses a name that would have to be quoted, or stands for something else. */
  static void check(String name) throws Refusal {
    if (!PLAIN.matcher(name).matches()) {
      throw new Refusal(
          "'"
              + NativeText.printable(name)
              + "' is no good name of a service: use A-Z a-z 0-9 . _ @ : + -,"
              + " and begin with a letter or a digit");
    }
    if (name.length() > LONGEST) {
      throw new Refusal("the name is longer than " + LONGEST + " characters; use a shorter one");
    }
    if (UNIT.matcher(name).matches()) {
      throw new Refusal(
          "names with this ending are units of systemd, see usersvc-systemd(7); leave out "
              + name.substring(name.lastIndexOf('.')));
    }
  }
}
