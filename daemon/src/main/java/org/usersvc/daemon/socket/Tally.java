package org.usersvc.daemon.socket;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;

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

  /** The service of that name; null if there is none, which is a failure. */
  @Nullable Commanded find(Services services, String name) {
    var service = Names.find(services, name, answer);
    failures += service == null ? 1 : 0;
    return service;
  }

  /** The same; what is available and not enabled says how it can be. */
  @Nullable Commanded find(Operation.Parts parts, String name) {
    boolean enabled = !(Names.lookUp(parts.services(), name) instanceof LookUp.NoSuchService);
    String available = enabled ? null : parts.enablement().available(name);
    if (available == null) {
      return find(parts.services(), name);
    }
    String shown = NativeText.printable(name);
    fail(
        name,
        "it is not enabled; usersvc enable --now %s does that (from %s)"
            .formatted(shown, NativeText.printable(available)));
    return null;
  }

  void end() {
    answer.end(status(failures));
  }

  /** The exit status of so many failures. */
  static int status(int failures) {
    return Math.min(failures, MOST);
  }
}
