package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.condition.Condition;
import org.usersvc.systemd.condition.ConditionKind;
import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.unit.Relation;

/** What a unit is, needs and asks for: {@code [Unit]} but for its flags. */
final class UnitPart implements Part {
  /** The relations that a unit file can say, by their directives. */
  private static final Map<String, Relation> RELATIONS =
      Map.ofEntries(
          Map.entry("Requires", Relation.REQUIRES),
          Map.entry("Requisite", Relation.REQUISITE),
          Map.entry("Wants", Relation.WANTS),
          Map.entry("BindsTo", Relation.BINDS_TO),
          Map.entry("PartOf", Relation.PART_OF),
          Map.entry("Upholds", Relation.UPHOLDS),
          Map.entry("Conflicts", Relation.CONFLICTS),
          Map.entry("Before", Relation.BEFORE),
          Map.entry("After", Relation.AFTER),
          Map.entry("OnSuccess", Relation.ON_SUCCESS),
          Map.entry("OnFailure", Relation.ON_FAILURE),
          Map.entry("PropagatesReloadTo", Relation.PROPAGATES_RELOAD_TO),
          Map.entry("ReloadPropagatedFrom", Relation.RELOAD_PROPAGATED_FROM),
          Map.entry("PropagatesStopTo", Relation.PROPAGATES_STOP_TO),
          Map.entry("StopPropagatedFrom", Relation.STOP_PROPAGATED_FROM),
          Map.entry("JoinsNamespaceOf", Relation.JOINS_NAMESPACE_OF));

  private String description = "";
  private final List<String> documentation = new ArrayList<>();
  private @Nullable String source;
  private final Dependencies dependencies;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Condition> asserts = new ArrayList<>();

  UnitPart(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Description" -> description = value.text();
      case "Documentation" -> value.list(documentation);
      case "SourcePath" -> value.path(path -> source = path);
      default -> {
        return takeRelation(value)
            || takeCheck("Condition", conditions, value)
            || takeCheck("Assert", asserts, value);
      }
    }
    return true;
  }

  private boolean takeRelation(Value value) {
    var relation = RELATIONS.get(value.key());
    if (relation == null) {
      return false;
    }
    depend(relation, value);
    return true;
  }

  private static boolean takeCheck(String prefix, List<Condition> checks, Value value) {
    var kind =
        value.key().startsWith(prefix)
            ? ConditionKind.ofWord(value.key().substring(prefix.length()))
            : Optional.<ConditionKind>empty();
    kind.ifPresent(found -> add(checks, found, value));
    return kind.isPresent();
  }

  /** An empty value does nothing: dependencies cannot be taken back. */
  private void depend(Relation relation, Value value) {
    for (var unit : value.units()) {
      dependencies.add(relation, unit);
    }
  }

  /** An empty value forgets all conditions before it, of whatever kind. */
  private static void add(List<Condition> conditions, ConditionKind kind, Value value) {
    if (value.isEmpty()) {
      conditions.clear();
      return;
    }
    var condition = Condition.of(kind, value.text());
    if (isPath(kind) && !condition.argument().startsWith("/")) {
      value.warn("needs an absolute path");
    } else if (!condition.argument().isEmpty()) {
      conditions.add(condition);
    }
  }

  private static boolean isPath(ConditionKind kind) {
    return kind.word().startsWith("Path")
        || kind == ConditionKind.DIRECTORY_NOT_EMPTY
        || kind == ConditionKind.FILE_NOT_EMPTY
        || kind == ConditionKind.FILE_IS_EXECUTABLE;
  }

  String description() {
    return description;
  }

  List<String> documentation() {
    return documentation;
  }

  @Nullable String source() {
    return source;
  }

  List<Condition> conditions() {
    return conditions;
  }

  List<Condition> asserts() {
    return asserts;
  }
}
