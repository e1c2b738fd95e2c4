package org.usersvc.systemd.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.StartLimitPart;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.unit.PathSettings;
import org.usersvc.systemd.unit.PathSettings.Watch;
import org.usersvc.systemd.unit.PathSettings.WatchKind;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.StartLimit;

/** The section {@code [Path]}. */
final class PathSection implements Part, Section {
  private static final Map<String, WatchKind> KINDS =
      Map.of(
          "PathExists", WatchKind.EXISTS,
          "PathExistsGlob", WatchKind.EXISTS_GLOB,
          "PathChanged", WatchKind.CHANGED,
          "PathModified", WatchKind.MODIFIED,
          "DirectoryNotEmpty", WatchKind.DIRECTORY_NOT_EMPTY);

  private static final int DIRECTORY = 0755;
  private static final StartLimit TRIGGERS = new StartLimit(Duration.ofSeconds(2), 200);

  private final List<Watch> watches = new ArrayList<>();
  private boolean makesDirectory;
  private int directoryMode = DIRECTORY;
  private final TriggeredPart triggered = new TriggeredPart();
  private final StartLimitPart triggerLimit =
      new StartLimitPart(TRIGGERS, "TriggerLimitBurst", "TriggerLimitIntervalSec");

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "MakeDirectory" -> value.bool(read -> makesDirectory = read);
      case "DirectoryMode" -> value.mode(read -> directoryMode = read);
      default -> {
        return takeOther(value);
      }
    }
    return true;
  }

  private boolean takeOther(Value value) {
    var meant = KINDS.get(value.key());
    if (meant == null) {
      return false;
    }
    watch(meant, value);
    return true;
  }

  /** An empty value forgets the paths before it, of whatever kind. */
  private void watch(WatchKind kind, Value value) {
    if (value.isEmpty()) {
      watches.clear();
    } else {
      value.path(path -> watches.add(new Watch(kind, path)));
    }
  }

  @Override
  public List<Part> parts() {
    return List.of(this, triggered, triggerLimit);
  }

  @Override
  public Settings settings(Rest rest) {
    if (watches.isEmpty()) {
      rest.flaws().accept(Flaw.error("the path unit has no PathExists= or the like"));
    }
    return new PathSettings(
        watches, triggered.unit(rest.unit()), makesDirectory, directoryMode, triggerLimit.limit());
  }
}
