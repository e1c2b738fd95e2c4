package org.usersvc.systemd.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.syntax.Times;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.TimerSettings.Base;
import org.usersvc.systemd.unit.TimerSettings.Changes;
import org.usersvc.systemd.unit.TimerSettings.Trigger;

/** The section {@code [Timer]}. */
final class TimerSection implements Part, Section {
  private static final Map<String, Base> BASES =
      Map.of(
          "OnActiveSec", Base.ACTIVE,
          "OnBootSec", Base.BOOT,
          "OnStartupSec", Base.STARTUP,
          "OnUnitActiveSec", Base.UNIT_ACTIVE,
          "OnUnitInactiveSec", Base.UNIT_INACTIVE,
          "OnCalendar", Base.CALENDAR);

  private final List<Trigger> triggers = new ArrayList<>();
  private final TriggeredPart triggered = new TriggeredPart();
  private Duration accuracy = TimerSettings.DEFAULT_ACCURACY;
  private Duration randomizedDelay = Duration.ZERO;
  private boolean isDelayFixed;
  private boolean isPersistent;
  private boolean onClockChange;
  private boolean onZoneChange;
  private boolean remainsAfterElapse = true;

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "AccuracySec" -> value.finite(read -> accuracy = read);
      case "RandomizedDelaySec" -> value.finite(read -> randomizedDelay = read);
      case "FixedRandomDelay" -> value.bool(read -> isDelayFixed = read);
      case "OnClockChange" -> value.bool(read -> onClockChange = read);
      case "OnTimezoneChange" -> value.bool(read -> onZoneChange = read);
      case "Persistent" -> value.bool(read -> isPersistent = read);
      case "WakeSystem" -> value.bool(read -> wake(read, value));
      case "RemainAfterElapse" -> value.bool(read -> remainsAfterElapse = read);
      default -> {
        return takeOther(value);
      }
    }
    return true;
  }

  private boolean takeOther(Value value) {
    var meant = BASES.get(value.key());
    if (meant == null) {
      return false;
    }
    trigger(meant, value);
    return true;
  }

  private static void wake(boolean wakes, Value value) {
    if (wakes) {
      value.warn("only root can wake the machine; the timer elapses when it is awake again");
    }
  }

  /** An empty value forgets the triggers before it, of whatever base. */
  private void trigger(Base base, Value value) {
    if (value.isEmpty()) {
      triggers.clear();
      return;
    }
    String text = value.text();
    if (base == Base.CALENDAR) {
      value.take(Times.calendar(text)).ifPresent(_ -> triggers.add(new Trigger(base, text)));
    } else {
      value.finite(_ -> triggers.add(new Trigger(base, text)));
    }
  }

  @Override
  public List<Part> parts() {
    return List.of(this, triggered);
  }

  @Override
  public Settings settings(Rest rest) {
    var changes = new Changes(onClockChange, onZoneChange);
    if (triggers.isEmpty() && changes.equals(Changes.NONE)) {
      rest.flaws().accept(Flaw.error("the timer has no OnCalendar=, OnActiveSec= or the like"));
    }
    return new TimerSettings(
        triggers,
        changes,
        triggered.unit(rest.unit()),
        accuracy,
        randomizedDelay,
        isDelayFixed,
        isPersistent,
        remainsAfterElapse);
  }
}
