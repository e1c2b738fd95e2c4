package org.usersvc.systemd.load;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The names whose directories count for a unit, from the most special to the most general.
 *
 * <p>Source: systemd.unit(5), "Description": {@code foo-bar-baz.service} has {@code foo-bar-} and
 * {@code foo-}, an instance has its template.
 */
final class NameLevels {
  private NameLevels() {}

  /** The names of the directories beside a unit's name, with this suffix. */
  static List<String> of(UnitName name, String suffix) {
    SequencedSet<String> levels = new LinkedHashSet<>();
    for (String prefix : prefixes(name)) {
      if (name.isInstance()) {
        levels.add(prefix + "@" + name.instance() + ending(name, suffix));
      }
      boolean isPlain = !name.isInstance() && !name.isTemplate();
      levels.add(prefix + (isPlain ? "" : "@") + ending(name, suffix));
    }
    return List.copyOf(levels);
  }

  private static String ending(UnitName name, String suffix) {
    return "." + name.type().suffix() + suffix;
  }

  private static List<String> prefixes(UnitName name) {
    var prefixes = new ArrayList<String>();
    String prefix = name.prefix();
    prefixes.add(prefix);
    int dash = lastDash(prefix);
    while (dash > 0) {
      prefix = prefix.substring(0, dash + 1);
      prefixes.add(prefix);
      dash = lastDash(prefix);
    }
    return prefixes;
  }

  /** The last dash before the last letter that is none. */
  private static int lastDash(String prefix) {
    int end = prefix.length();
    while (end > 0 && prefix.charAt(end - 1) == '-') {
      end--;
    }
    return prefix.lastIndexOf('-', end - 1);
  }
}
