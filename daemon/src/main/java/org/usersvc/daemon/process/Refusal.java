package org.usersvc.daemon.process;

import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.Limits.Bound;

/**
 * A limit or trait that the kernel has refused.
 *
 * @param name of the resource, {@code nice}, {@code oom} or {@code io}
 * @param wanted the requested value
 * @param errno the reason; ENOENT: there is no usersvc-exec to set it
 * @param had the value that the program has instead: its limits, or its nice value as the soft one
 */
public record Refusal(String name, String wanted, Errno errno, Bound had) {
  /** The text for the user. */
  public String describe() {
    if (errno.is(Errno.ENOENT)) {
      return ("cannot set %s: there is no usersvc-exec that can be executed;"
              + " was usersvcd built without a C compiler?")
          .formatted(name);
    }
    if (name.equals("nice")) {
      return "cannot set nice to %s: %s; started with %d"
          .formatted(wanted, errno.describe(), had.soft());
    }
    if (name.equals("oom") || name.equals("io")) {
      return "cannot set %s to %s: %s".formatted(name, wanted, errno.describe());
    }
    if (errno.is(Errno.EPERM)) {
      return "cannot raise %s to %s, the hard limit is %s: started with %s"
          .formatted(name, wanted, Bound.textOf(had.hard()), Bound.textOf(had.soft()));
    }
    return "cannot set %s to %s: %s; started with %s"
        .formatted(name, wanted, errno.describe(), Bound.textOf(had.soft()));
  }
}
