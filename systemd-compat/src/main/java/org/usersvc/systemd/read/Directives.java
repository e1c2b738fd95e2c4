package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.Entry;
import org.usersvc.systemd.syntax.Specifiers;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** What becomes of each directive that the unit of a user may have. */
public final class Directives {
  private static final UnitName NOBODY = UnitName.of("nobody.service");

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

  /**
   * What becomes of a directive.
   *
   * @param section the section's name without brackets
   * @param key the directive's name
   */
  public static Support of(String section, String key) {
    if (isApplied(section, key)) {
      return new Support.Applied();
    }
    return IgnoredDirectives.group(section, key)
        .<Support>map(Support.Ignored::new)
        .orElseGet(Support.Unknown::new);
  }

  /** Whether a part of the section takes the directive: it is offered one without a value. */
  static boolean isApplied(String section, String key) {
    var entry = new Entry("", 0, section, key, "");
    var specifiers = new Specifiers(NOBODY, _ -> Optional.empty());
    var value = new Value(entry, NOBODY, specifiers, _ -> {});
    return all().stream()
        .flatMap(sections -> sections.getOrDefault(section, List.of()).stream())
        .anyMatch(part -> part.take(value));
  }

  /** The sections that the units of users can have. */
  public static Set<String> sections() {
    var names = new HashSet<String>();
    all().forEach(sections -> names.addAll(sections.keySet()));
    return names;
  }

  /** The sections of each type of unit. */
  private static List<Map<String, List<Part>>> all() {
    var all = new ArrayList<Map<String, List<Part>>>();
    for (var type : UnitType.values()) {
      var own = Sections.of(type);
      if (own.isPresent()) {
        var unit = new UnitSection(new Dependencies(Set.of()));
        all.add(UnitMaker.sections(type, unit, new InstallPart(), own));
      }
    }
    return all;
  }
}
