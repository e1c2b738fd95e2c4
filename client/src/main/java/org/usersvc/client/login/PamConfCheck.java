package org.usersvc.client.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the configuration of logins; its readers skip lines that they do not understand. */
final class PamConfCheck {
  private static final String FILE = "/etc/usersvc/pam.conf";
  private static final int LONGEST = 1023;
  private static final int LONGEST_SIZE = 15;
  private static final int MOST_BYTES = 16 * 1024;
  private static final long LONGEST_GRACE = 86400;
  private static final long HIGHEST_UID = 4294967294L;
  private static final List<String> INITS =
      List.of("auto", "openrc", "runit", "s6", "dinit", "direct");

  private final Root root;
  private final Findings findings;
  private boolean flawed;

  PamConfCheck(Root root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  void run() throws IOException {
    @Nullable FileFacts facts = FileFacts.of(root.path(FILE));
    if (facts == null) {
      findings.ok(FILE + " is not there: the defaults hold");
      return;
    }
    String flaw = facts.isRegular() ? facts.flaw(root.owner()) : "is no plain file; remove it";
    if (!flaw.isEmpty()) {
      findings.fail(FILE + " " + flaw + ", it is not read");
      return;
    }
    if (Files.size(root.path(FILE)) >= MOST_BYTES) {
      findings.fail(FILE + " is longer than 16 KiB; shorten it, it is not read");
      return;
    }
    List<String> lines = Files.readAllLines(root.path(FILE), ISO_8859_1);
    for (int i = 0; i < lines.size(); i++) {
      examine(FILE + ":" + (i + 1), lines.get(i).strip());
    }
    if (!flawed) {
      findings.ok(FILE);
    }
  }

  private void examine(String where, String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int equals = line.indexOf('=');
    String name = (equals < 0 ? line : line.substring(0, equals)).strip();
    String value = equals < 0 ? "" : line.substring(equals + 1).strip();
    String flaw = flaw(name, value);
    if (!flaw.isEmpty()) {
      flawed = true;
      findings.fail(where + ": '" + line + "': " + flaw);
    } else if (name.equals("skip")) {
      warnOfUnknown(where, value);
    }
  }

  private static String flaw(String name, String value) {
    return switch (name) {
      case "skip", "allow-groups", "deny-groups" ->
          value.length() <= LONGEST ? "" : name + " has at most 1023 bytes";
      case "grace" ->
          isNumber(value, 0, LONGEST_GRACE) ? "" : "grace is a number of seconds, 0 to 86400";
      case "min-uid" ->
          isNumber(value, 1, HIGHEST_UID) ? "" : "min-uid is a number from 1 to 4294967294";
      case "init" ->
          INITS.contains(value) ? "" : "init is auto, openrc, runit, s6, dinit or direct";
      case "runtime-size" ->
          isSize(value)
              ? ""
              : "runtime-size is a number, with %, k, m or g, of at most 15 characters";
      case "unmount-home" ->
          List.of("yes", "no").contains(value) ? "" : "unmount-home is yes or no";
      case "usersvcd" ->
          value.startsWith("/") && value.length() <= LONGEST
              ? ""
              : "usersvcd is an absolute path of at most 1023 bytes";
      default ->
          "write skip=, grace=, min-uid=, allow-groups=, deny-groups=, init=, runtime-size="
              + ", unmount-home= or usersvcd=";
    };
  }

  private static boolean isSize(String text) {
    boolean unit = !text.isEmpty() && "%kmg".indexOf(text.charAt(text.length() - 1)) >= 0;
    String number = unit ? text.substring(0, text.length() - 1) : text;
    return text.length() <= LONGEST_SIZE && isNumber(number, 0, Long.MAX_VALUE);
  }

  private static boolean isNumber(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      return Character.isDigit(text.charAt(0)) && number >= least && number <= most;
    } catch (NumberFormatException ignored) { // the caller reports it
      return false;
    }
  }

  private void warnOfUnknown(String where, String services) {
    for (String service : services.split("[, \t]+", -1)) {
      boolean name = !service.isEmpty() && service.indexOf('*') < 0;
      if (name && !Files.exists(root.path("/etc/pam.d/" + service))) {
        flawed = true;
        findings.warn(where + ": skip names " + service + ", which is not in /etc/pam.d");
      }
    }
  }
}
