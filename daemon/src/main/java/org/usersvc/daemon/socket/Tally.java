package org.usersvc.daemon.socket;

import java.util.function.Consumer;
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
    fail(name, reason, answer::err);
  }

  private void fail(String name, String reason, Consumer<String> err) {
    fail("fail: " + NativeText.printable(name) + ": " + reason, err);
  }

  /** Another failure, of which the line for {@code err} tells. */
  void fail(String line, Consumer<String> err) {
    failures++;
    err.accept(line);
  }

  /** The service of that name; null if there is none, which is a failure. */
  @Nullable Commanded find(Services services, String name) {
    return find(services, name, answer::err);
  }

  private @Nullable Commanded find(Services services, String name, Consumer<String> err) {
    var service = Names.find(services, name, err);
    failures += service == null ? 1 : 0;
    return service;
  }

  /** The same; what is available and not enabled says how it can be. */
  @Nullable Commanded find(Operation.Parts parts, String name, Consumer<String> err) {
    boolean enabled = !(Names.lookUp(parts.services(), name) instanceof LookUp.NoSuchService);
    String available = enabled ? null : parts.enablement().available(name);
    if (available == null) {
      return find(parts.services(), name, err);
    }
    String shown = NativeText.printable(name);
    fail(
        name,
        "it is not enabled; usersvc enable --now %s does that (from %s)"
            .formatted(shown, NativeText.printable(available)),
        err);
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
