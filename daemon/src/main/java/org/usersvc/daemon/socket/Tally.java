package org.usersvc.daemon.socket;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;

/** An answer about several services, which ends with the number of failures. */
final class Tally {
  private static final int MOST = 99;

  private final Answer answer;
  private int failures;

  Tally(Answer answer) {
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  void fail(String name, String reason) {
    fail("fail: " + NativeText.printable(name) + ": " + reason);
  }

  void fail(String line) {
    failures++;
    answer.err(line);
  }

  /** The process of that name; null if there is none, which is a failure. */
  @Nullable Supervised find(Supervisor supervisor, String name) {
    var process = Names.find(supervisor, name, answer);
    failures += process == null ? 1 : 0;
    return process;
  }

  void end() {
    answer.end(status(failures));
  }

  /** The exit status of so many failures. */
  static int status(int failures) {
    return Math.min(failures, MOST);
  }
}
