package org.usersvc.systemd.syntax;

import static org.usersvc.daemon.model.Limits.Bound.UNLIMITED;

import org.usersvc.daemon.calendar.TimeSpan;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;

/**
 * The values of {@code LimitNOFILE=} and the like: one limit, or {@code SOFT:HARD}.
 *
 * <p>Source: systemd.exec(5), {@code LimitCPU=}. {@code LimitNICE=} has no resource here.
 */
public final class ResourceLimit {
  private ResourceLimit() {}

  /** The limits of a resource, in its unit: bytes, seconds, microseconds or a number. */
  public static Parsed<Bound> parse(Resource resource, String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return one(resource, text).map(limit -> new Bound(limit, limit));
    }
    return one(resource, text.substring(0, colon))
        .then(soft -> one(resource, text.substring(colon + 1)).map(hard -> new Bound(soft, hard)))
        .then(bound -> inOrder(bound, text));
  }

  private static Parsed<Bound> inOrder(Bound bound, String text) {
    boolean isInOrder =
        bound.hard() == UNLIMITED || (bound.soft() != UNLIMITED && bound.soft() <= bound.hard());
    return isInOrder
        ? Parsed.of(bound)
        : Parsed.warning(
            Flaw.shown(text) + " has a soft limit above its hard limit; write SOFT:HARD");
  }

  private static Parsed<Long> one(Resource resource, String text) {
    if (text.equals("infinity")) {
      return Parsed.of(UNLIMITED);
    }
    return switch (resource) {
      case FSIZE, DATA, STACK, CORE, RSS, MEMLOCK, AS, MSGQUEUE -> Size.parse(text);
      case NPROC, NOFILE, LOCKS, SIGPENDING, RTPRIO -> Numbers.parse(text, 0, Long.MAX_VALUE);
      case CPU -> Times.span(text).map(ResourceLimit::seconds);
      case RTTIME -> Times.span(text, 1).map(TimeSpan::micros);
    };
  }

  /** Whole seconds, rounded up. */
  private static long seconds(TimeSpan span) {
    return span.micros() / TimeSpan.SECOND + (span.micros() % TimeSpan.SECOND > 0 ? 1 : 0);
  }
}
