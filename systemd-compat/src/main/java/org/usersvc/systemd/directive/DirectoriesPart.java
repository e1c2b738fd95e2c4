package org.usersvc.systemd.directive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.exec.ExecDirectory;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.exec.ExecDirectory.Preserve;

/** Directories that are made for a unit: {@code RuntimeDirectory=} and its like. */
public final class DirectoriesPart implements Part {
  private final Map<Kind, List<String>> names = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> modes = new EnumMap<>(Kind.class);
  private Preserve preserve = Preserve.NO;

  @Override
  public boolean take(Value value) {
    if (value.key().equals("RuntimeDirectoryPreserve")) {
      preserve(value);
      return true;
    }
    for (var kind : Kind.values()) {
      if (value.key().equals(kind.directive())) {
        value.list(
            names.computeIfAbsent(kind, _ -> new ArrayList<>()), DirectoriesPart::isRelative);
        return true;
      }
      if (value.key().equals(kind.directive() + "Mode")) {
        value.mode(mode -> modes.put(kind, mode));
        return true;
      }
    }
    return false;
  }

  private void preserve(Value value) {
    if (value.raw().equals("restart")) {
      preserve = Preserve.RESTART;
    } else {
      value.bool(isKept -> preserve = isKept ? Preserve.YES : Preserve.NO);
    }
  }

  /** Whether it is a path that stays below where it begins; a second name after a colon is none. */
  private static boolean isRelative(String path) {
    return !path.startsWith("/")
        && path.indexOf(':') < 0
        && List.of(path.split("/")).stream().noneMatch(part -> part.equals(".."));
  }

  public Map<Kind, ExecDirectory> directories() {
    var directories = new EnumMap<Kind, ExecDirectory>(Kind.class);
    names.forEach((kind, list) -> {
      if (!list.isEmpty()) {
        int mode = modes.getOrDefault(kind, ExecDirectory.DEFAULT_MODE);
        var kept = kind == Kind.RUNTIME ? preserve : Preserve.YES;
        directories.put(kind, new ExecDirectory(list, mode, kept));
      }
    });
    return directories;
  }
}
