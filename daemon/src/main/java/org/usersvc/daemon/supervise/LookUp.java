package org.usersvc.daemon.supervise;

/** The answer to a client's name: a supervised process, or the reason why there is none. */
public sealed interface LookUp {
  /** This daemon supervises it. */
  record Found(Supervised process) implements LookUp {}

  /** The directory exists, but this daemon does not supervise it. */
  record NotSupervised(String reason) implements LookUp {}

  /** There is no directory of that name. */
  record NoSuchService(String reason) implements LookUp {}

  /** Looks a name up as {@link Supervisor#find} does; a reason is one line for people. */
  static LookUp of(Supervisor supervisor, String name) {
    var process = supervisor.find(name);
    if (process != null) {
      return new Found(process);
    }
    String reason = supervisor.finder().refusal(name);
    if (!name.isEmpty() && supervisor.finder().exists(name)) {
      return new NotSupervised(reason == null ? "not supervised by this daemon" : reason);
    }
    String scan = supervisor.scanDirectory();
    return new NoSuchService(
        reason == null ? "no such service in " + scan + "; see usersvc list" : reason);
  }
}
