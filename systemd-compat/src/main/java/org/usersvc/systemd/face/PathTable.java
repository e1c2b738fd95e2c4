package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.usersvc.systemd.engine.PathController;
import org.usersvc.systemd.unit.PathSettings;
import org.usersvc.systemd.unit.PathSettings.WatchKind;

/** {@code org.freedesktop.systemd1.Path}. */
final class PathTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Path")
          .value("Unit", "s", path("", path -> path.unit().toString()))
          .value("Paths", "a(ss)", path(List.of(), PathTable::watches))
          .value("MakeDirectory", "b", path(false, PathSettings::makesDirectory))
          .value("DirectoryMode", "u", path(0, PathSettings::directoryMode))
          .value(
              "TriggerLimitIntervalUSec",
              "t",
              path(0L, path -> Amounts.micros(path.triggerLimit().interval())))
          .value("TriggerLimitBurst", "u", path(0, path -> path.triggerLimit().burst()))
          .told(
              "Result",
              "s",
              Subject.controller(PathController.class, "success", PathController::result))
          .build();

  private PathTable() {}

  private static Function<Subject, Object> path(
      Object otherwise, Function<PathSettings, Object> value) {
    return Subject.settings(PathSettings.class, otherwise, value);
  }

  private static Object watches(PathSettings path) {
    var all = new ArrayList<Object>();
    for (var watch : path.watches()) {
      all.add(new Object[] {word(watch.kind()), watch.path()});
    }
    return all;
  }

  private static String word(WatchKind kind) {
    return switch (kind) {
      case EXISTS -> "PathExists";
      case EXISTS_GLOB -> "PathExistsGlob";
      case CHANGED -> "PathChanged";
      case MODIFIED -> "PathModified";
      case DIRECTORY_NOT_EMPTY -> "DirectoryNotEmpty";
    };
  }
}
