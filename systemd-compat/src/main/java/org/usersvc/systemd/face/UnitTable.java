package org.usersvc.systemd.face;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.freedesktop.dbus.DBusPath;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Spelling;
import org.usersvc.systemd.unit.Unit;
import org.usersvc.systemd.unit.UnitFlags.Flag;

/** {@code org.freedesktop.systemd1.Unit}. */
final class UnitTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Unit")
          .with(UnitTable::names)
          .with(UnitTable::relations)
          .with(UnitTable::state)
          .with(UnitTable::stamps)
          .with(UnitTable::flags)
          .with(UnitTable::limits)
          .with(ConditionList::addTo)
          .with(UnitVerbs::addTo)
          .with(UnitChanges::addTo)
          .build();

  private UnitTable() {}

  private static Function<Subject, Object> unit(Function<Unit, Object> value) {
    return subject -> value.apply(subject.unit());
  }

  private static void names(Table.Builder<Subject> table) {
    table
        .value("Id", "s", unit(unit -> unit.id().toString()))
        .value("Names", "as", unit(UnitTable::sorted))
        .value("Following", "s", _ -> "")
        .value("Documentation", "as", unit(Unit::documentation))
        .value("Description", "s", unit(Unit::description))
        .value("FragmentPath", "s", unit(unit -> orEmpty(unit.origin().fragment())))
        .value("SourcePath", "s", unit(unit -> orEmpty(unit.origin().source())))
        .value("DropInPaths", "as", unit(unit -> unit.origin().dropIns()))
        .value("UnitFileState", "s", UnitTable::fileState)
        .value("UnitFilePreset", "s", _ -> "");
  }

  private static List<String> sorted(Unit unit) {
    return new TreeSet<>(unit.names()).stream().map(Object::toString).toList();
  }

  private static String orEmpty(@Nullable String path) {
    return path == null ? "" : path;
  }

  private static Object fileState(Subject subject) {
    return subject.record().isTransient()
        ? "transient"
        : subject.ground().fileState().apply(subject.unit().id());
  }

  private static void relations(Table.Builder<Subject> table) {
    for (var relation : Relation.values()) {
      if (relation != Relation.SLICE) {
        table.value(property(relation), "as", subject -> subject.related(relation));
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

  private static void state(Table.Builder<Subject> table) {
    table
        .value("LoadState", "s", unit(unit -> unit.loadState().word()))
        .value("LoadError", "(ss)", unit(LoadErrors::of))
        .told("ActiveState", "s", subject -> subject.record().state().active().word())
        .told("SubState", "s", subject -> subject.record().state().sub())
        .told("FreezerState", "s", _ -> "running")
        .told("Job", "(uo)", UnitTable::job)
        .told("InvocationID", "ay", subject -> Amounts.octets(subject.record().invocation()))
        .told("ActivationDetails", "a(ss)", _ -> List.of())
        .value("Transient", "b", subject -> subject.record().isTransient())
        .value("NeedDaemonReload", "b", subject -> subject.record().needsReload())
        .value("Markers", "as", _ -> List.of())
        .value("Refs", "as", _ -> List.of())
        .value("Perpetual", "b", _ -> false);
  }

  private static Object job(Subject subject) {
    return subject
        .ground()
        .manager()
        .jobOf(subject.unit().id())
        .map(job -> new Object[] {(long) job.id(), ObjectPaths.ofJob(job.id())})
        .orElseGet(() -> new Object[] {0L, new DBusPath("/")});
  }

  private static void stamps(Table.Builder<Subject> table) {
    stamp(table, "StateChange", Stamps::stateChange);
    stamp(table, "InactiveExit", Stamps::inactiveExit);
    stamp(table, "ActiveEnter", Stamps::activeEnter);
    stamp(table, "ActiveExit", Stamps::activeExit);
    stamp(table, "InactiveEnter", Stamps::inactiveEnter);
  }

  private static void stamp(
      Table.Builder<Subject> table, String name, Function<Stamps, Optional<Stamps.Stamp>> which) {
    table
        .told(name + "Timestamp", "t", s -> Amounts.wall(which.apply(s.record().stamps())))
        .told(
            name + "TimestampMonotonic",
            "t",
            s -> Amounts.monotonic(which.apply(s.record().stamps())));
  }

  private static void flags(Table.Builder<Subject> table) {
    table
        .value("CanStart", "b", UnitTable::canStart)
        .value("CanStop", "b", unit(unit -> !unit.flags().refuseManualStop()))
        .value("CanReload", "b", subject -> subject.record().controller().canReload())
        .value("CanIsolate", "b", unit(unit -> unit.flags().allowIsolate()))
        .value("StopWhenUnneeded", "b", flag(Flag.STOP_WHEN_UNNEEDED))
        .value("RefuseManualStart", "b", flag(Flag.REFUSE_MANUAL_START))
        .value("RefuseManualStop", "b", flag(Flag.REFUSE_MANUAL_STOP))
        .value("AllowIsolate", "b", flag(Flag.ALLOW_ISOLATE))
        .value("IgnoreOnIsolate", "b", flag(Flag.IGNORE_ON_ISOLATE))
        .value("DefaultDependencies", "b", flag(Flag.DEFAULT_DEPENDENCIES))
        .value("CollectMode", "s", unit(unit -> Spelling.of(unit.flags().collectMode())))
        .value("OnFailureJobMode", "s", unit(unit -> unit.flags().onFailureJobMode().word()))
        .value("OnSuccessJobMode", "s", unit(unit -> unit.flags().onSuccessJobMode().word()))
        .value("SuccessAction", "s", unit(unit -> unit.flags().successAction()))
        .value("FailureAction", "s", unit(unit -> unit.flags().failureAction()));
  }

  private static Object canStart(Subject subject) {
    var unit = subject.unit();
    return switch (unit.loadState()) {
      case LOADED -> !unit.flags().refuseManualStart();
      case STUB, NOT_FOUND, BAD_SETTING, ERROR, MERGED, MASKED -> false;
    };
  }

  private static Function<Subject, Object> flag(Flag flag) {
    return subject -> subject.unit().flags().has(flag);
  }

  private static void limits(Table.Builder<Subject> table) {
    table
        .value(
            "StartLimitIntervalUSec",
            "t",
            unit(unit -> Amounts.micros(unit.flags().startLimit().interval())))
        .value("StartLimitBurst", "u", unit(unit -> unit.flags().startLimit().burst()))
        .value("JobTimeoutUSec", "t", unit(u -> Amounts.micros(u.flags().jobTimeouts().total())))
        .value(
            "JobRunningTimeoutUSec",
            "t",
            unit(u -> Amounts.micros(u.flags().jobTimeouts().running())));
  }
}
