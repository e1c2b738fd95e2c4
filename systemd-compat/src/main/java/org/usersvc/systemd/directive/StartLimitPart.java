package org.usersvc.systemd.directive;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.unit.StartLimit;

/** How often something may happen. */
public final class StartLimitPart implements Part {
  private final String burstKey;
  private final List<String> intervalKeys;
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
    this.burstKey = burstKey;
    this.intervalKeys = List.of(intervalKeys);
  }

  @Override
  public boolean take(Value value) {
    if (value.key().equals(burstKey)) {
      value.count(0, read -> burst = read);
      return true;
    }
    if (intervalKeys.contains(value.key())) {
      value.span(read -> interval = read);
      return true;
    }
    return false;
  }

  public StartLimit limit() {
    return new StartLimit(interval, burst);
  }
}
