package org.usersvc.systemd.face;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;

/** {@code org.freedesktop.systemd1.Unit}. */
final class UnitTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Unit")
          .with(new Names())
          .with(new Relations())
          .with(new StateValues())
          .with(new StampValues())
          .with(new FlagValues())
          .with(new ConditionList())
          .with(new UnitVerbs())
          .with(new UnitChanges())
          .build();

  private UnitTable() {}

  /** What it is called, and the files in which it is. */
  private static final class Names implements Table.Part<Subject> {
    @Override
    public void declare(Table.Members members) {
      members
          .value("Id", "s")
          .value("Names", "as")
          .value("Following", "s")
          .value("Documentation", "as")
          .value("Description", "s")
          .value("FragmentPath", "s")
          .value("SourcePath", "s")
          .value("DropInPaths", "as")
          .value("UnitFileState", "s")
          .value("UnitFilePreset", "s");
    }

    @Override
    public Object value(Subject subject, String property) {
      var unit = subject.unit();
      return switch (property) {
        case "Id" -> unit.id().toString();
        case "Names" -> sorted(unit);
        case "Documentation" -> unit.documentation();
        case "Description" -> unit.description();
        case "FragmentPath" -> Objects.requireNonNullElse(unit.origin().fragment(), "");
        case "SourcePath" -> Objects.requireNonNullElse(unit.origin().source(), "");
        case "DropInPaths" -> unit.origin().dropIns();
        case "UnitFileState" -> fileState(subject);
        case "Following", "UnitFilePreset" -> "";
        default -> throw Table.Part.unknown(property);
      };
    }

    private static List<String> sorted(Unit unit) {
      return new TreeSet<>(unit.names()).stream().map(Object::toString).toList();
    }

    private static String fileState(Subject subject) {
      return subject.record().isTransient()
          ? "transient"
          : subject.ground().fileState().apply(subject.unit().id());
    }
  }

  private static final class Relations implements Table.Part<Subject> {
    private final Map<String, Relation> relations = new LinkedHashMap<>();

    Relations() {
      for (var relation : Relation.values()) {
        if (relation != Relation.SLICE) {
          relations.put(property(relation), relation);
        }
      }
    }

    /** The name of a relation in D-Bus: {@code ON_FAILURE_OF} is {@code OnFailureOf}. */
    private static String property(Relation relation) {
      var text = new StringBuilder();
      for (String word : List.of(relation.name().split("_"))) {
        text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
      }
      return text.toString();
    }

    @Override
    public void declare(Table.Members members) {
      relations.keySet().forEach(property -> members.value(property, "as"));
    }

    @Override
    public Object value(Subject subject, String property) {
      var relation = relations.get(property);
      if (relation == null) {
        throw Table.Part.unknown(property);
      }
      return subject.related(relation);
    }
  }
}
