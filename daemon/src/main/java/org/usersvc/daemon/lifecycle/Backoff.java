package org.usersvc.daemon.lifecycle;

import java.time.Duration;

/** The restart delay: nothing after a run of a second, else 1 s, doubling to 60 s. */
public final class Backoff {
  /** From this many quick deaths on the delay stays at its maximum. */
  public static final int MAX_DEATHS = 7;

  /** A run shorter than this is a quick death. */
  public static final Duration QUICK = Duration.ofSeconds(1);

  /** A run at least this long makes the next delay start again from the smallest. */
  public static final Duration STABLE = Duration.ofSeconds(60);

  /** The delay after the end of a run that needs variables. */
  public static final Duration SETTLING = Duration.ofMillis(200);

  private static final int MAX_SECONDS = 60;

  private Backoff() {}

  static int deathsAfter(int deaths, Duration ranFor) {
    if (ranFor.compareTo(STABLE) >= 0) {
      return 0;
    }
    return ranFor.compareTo(QUICK) < 0 ? Math.min(deaths + 1, MAX_DEATHS) : deaths;
  }

  static int deathsAfter(int deaths) {
    return deathsAfter(deaths, Duration.ZERO);
  }

  /** The delay before the next start, after {@code deaths} quick deaths, at least one. */
  public static Duration delay(int deaths) {
    return Duration.ofSeconds(Math.min(1L << (deaths - 1), MAX_SECONDS));
  }
}
