package org.usersvc.systemd.directive;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.unit.StartLimit;

/** How often something may happen. */
public final class StartLimitPart extends Part {
  private @Nullable Duration interval;
  private int burst;

  /**
   * @param otherwise what holds where nothing is written
   * @param burstKey the directive with the number
   * @param intervalKeys the directives with the time, all of one meaning
   */
  public StartLimitPart(StartLimit otherwise, String burstKey, String... intervalKeys) {
    interval = otherwise.interval();
    burst = otherwise.burst();
    on(burstKey, value -> value.count(0, read -> burst = read));
    for (String key : intervalKeys) {
      on(key, value -> value.span(read -> interval = read));
    }
  }

  public StartLimit limit() {
    return new StartLimit(interval, burst);
  }
}
