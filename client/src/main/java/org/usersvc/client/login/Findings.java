package org.usersvc.client.login;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.client.login.Finding.Level;
import org.usersvc.client.socket.NativeText;

/** The results of the checks, in their order. */
final class Findings {
  /** One check, which may fail to look at all. */
  interface Check {
    void run() throws IOException;
  }

  private final List<Finding> all = new ArrayList<>();

  void ok(String text) {
    add(Level.OK, text);
  }

  void warn(String text) {
    add(Level.WARN, text);
  }

  void fail(String text) {
    add(Level.FAIL, text);
  }

  void add(Level level, String text) {
    all.add(new Finding(level, NativeText.printable(text)));
  }

  /** Runs a check; reports files that it may not read. */
  void of(Check check) {
    try {
      check.run();
    } catch (IOException fault) {
      warn("cannot look at " + fault.getMessage() + "; as root: usersvc doctor --login USER");
    }
  }

  void addAll(List<Finding> others) {
    all.addAll(others);
  }

  List<Finding> all() {
    return all;
  }
}
