package org.usersvc.systemd.elapse;

import java.time.Duration;
import java.util.SplittableRandom;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.TimerSettings;

/** Throws the delays of {@code RandomizedDelaySec=}. */
final class Chance {
  private static final int STEP = 31;

  private final Workplace place;
  private final long user;

  /**
   * Throws delays for the units of one user.
   *
   * @param user a text that no other user on this or another machine has
   */
  Chance(Workplace place, String user) {
    this.place = place;
    this.user = mixed(1, user);
  }

  /** A delay, the same each time if the settings say so. */
  Duration of(UnitName timer, TimerSettings settings) {
    long most = settings.randomizedDelay().toNanos();
    if (most <= 0) {
      return Duration.ZERO;
    }
    long thrown =
        settings.isDelayFixed()
            ? new SplittableRandom(mixed(user, timer.toString())).nextLong(most)
            : place.random().nextLong(most);
    return Duration.ofNanos(thrown);
  }

  private static long mixed(long seed, String text) {
    return text.chars().asLongStream().reduce(seed, (sum, each) -> sum * STEP + each);
  }
}
