package org.usersvc.systemd.unit;

import java.time.Duration;

/**
 * How often a unit may be started. Immutable. Source: systemd.unit(5), {@code StartLimit…=}.
 *
 * @param interval the span that is looked at; zero: no limit
 * @param burst the highest number of starts in it; 0: no limit
 */
public record StartLimitSettings(Duration interval, int burst) {
  public static final StartLimitSettings DEFAULT =
      new StartLimitSettings(Duration.ofSeconds(10), 5);
}
