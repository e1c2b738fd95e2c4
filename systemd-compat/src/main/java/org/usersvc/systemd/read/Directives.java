package org.usersvc.systemd.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.syntax.UnitType;

/** What becomes of each directive that the unit of a user may have. */
public final class Directives {
  private static final Map<String, Set<String>> APPLIED = applied();

  private Directives() {}

  /** What becomes of a directive. */
  public sealed interface Support {
    /** It is carried out. */
    record Applied() implements Support {}

    /**
     * It is known and nothing is done about it.
     *
     * @param group the reason, such as {@code sandbox}
     */
    record Ignored(String group) implements Support {}

    /** The section has no directive of that name. */
    record Unknown() implements Support {}
  }

  private static Map<String, Set<String>> applied() {
    var applied = new HashMap<String, Set<String>>();
    var unit = new UnitSection(new Dependencies(Set.of()));
    for (var type : UnitType.values()) {
      var section = Sections.of(type);
      if (section.isPresent()) {
        UnitMaker.sections(type, unit, new InstallPart(), section)
            .forEach((name, parts) -> applied.put(name, keys(parts)));
      }
    }
    return applied;
  }

  private static Set<String> keys(List<Part> parts) {
    var keys = new HashSet<String>();
    parts.forEach(part -> keys.addAll(part.keys()));
    return keys;
  }

  /**
   * What becomes of a directive.
   *
   * @param section the section's name without brackets
   * @param key the directive's name
   */
  public static Support of(String section, String key) {
    if (applied(section).contains(key)) {
      return new Support.Applied();
    }
    return IgnoredDirectives.group(section, key)
        .<Support>map(Support.Ignored::new)
        .orElseGet(Support.Unknown::new);
  }

  /** The directives of a section that are carried out. */
  public static Set<String> applied(String section) {
    return APPLIED.getOrDefault(section, Set.of());
  }

  /** The sections that the units of users can have. */
  public static Set<String> sections() {
    return Set.copyOf(APPLIED.keySet());
  }
}
