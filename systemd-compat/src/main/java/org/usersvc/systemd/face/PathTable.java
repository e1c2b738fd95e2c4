package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.engine.PathController;
import org.usersvc.systemd.unit.PathSettings;
import org.usersvc.systemd.unit.PathSettings.WatchKind;

/** {@code org.freedesktop.systemd1.Path}. */
final class PathTable implements Table.Part<Subject> {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Path").with(new PathTable()).build();

  private PathTable() {}

  @Override
  public void declare(Table.Members members) {
    members
        .value("Unit", "s")
        .value("Paths", "a(ss)")
        .value("MakeDirectory", "b")
        .value("DirectoryMode", "u")
        .value("TriggerLimitIntervalUSec", "t")
        .value("TriggerLimitBurst", "u")
        .told("Result", "s");
  }

  @Override
  public Object value(Subject subject, String property) {
    var path = subject.unit().settings() instanceof PathSettings settings ? settings : null;
    return switch (property) {
      case "Unit" -> path == null ? "" : path.unit().toString();
      case "Paths" -> path == null ? List.of() : watches(path);
      case "MakeDirectory" -> path != null && path.makesDirectory();
      case "DirectoryMode" -> path == null ? 0 : path.directoryMode();
      case "TriggerLimitIntervalUSec" ->
          path == null ? 0L : Amounts.micros(path.triggerLimit().interval());
      case "TriggerLimitBurst" -> path == null ? 0 : path.triggerLimit().burst();
      case "Result" ->
          subject.record().controller() instanceof PathController controller
              ? controller.result()
              : "success";
      default -> throw Table.Part.unknown(property);
    };
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
