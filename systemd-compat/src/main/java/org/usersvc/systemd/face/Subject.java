package org.usersvc.systemd.face;

import java.util.List;
import java.util.function.Function;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.Unit;

/**
 * The unit for which an object stands.
 *
 * @param ground where it is
 */
public record Subject(UnitRecord record, Ground ground) {
  Unit unit() {
    return record.unit();
  }

  /** The names of the units that have a relation to it. */
  List<String> related(Relation relation) {
    return ground.manager().related(unit().id(), relation).stream().map(Object::toString).toList();
  }

  /** What a table shows of the settings of a type; {@code otherwise} for a unit without them. */
  static <S extends Settings> Function<Subject, Object> settings(
      Class<S> type, Object otherwise, Function<S, Object> value) {
    return subject ->
        type.isInstance(subject.unit().settings())
            ? value.apply(type.cast(subject.unit().settings()))
            : otherwise;
  }

  /** What a table shows of a controller; {@code otherwise} if it is one of another kind. */
  static <C extends Controller> Function<Subject, Object> controller(
      Class<C> type, Object otherwise, Function<C, Object> value) {
    return subject ->
        type.isInstance(subject.record().controller())
            ? value.apply(type.cast(subject.record().controller()))
            : otherwise;
  }

  /** The slice that it is in. */
  String slice() {
    var slices = related(Relation.SLICE);
    return slices.isEmpty() ? "app.slice" : slices.getFirst();
  }
}
