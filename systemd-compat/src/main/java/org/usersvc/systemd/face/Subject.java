package org.usersvc.systemd.face;

import java.util.List;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.unit.Relation;
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

  /** The slice that it is in. */
  String slice() {
    var slices = related(Relation.SLICE);
    return slices.isEmpty() ? "app.slice" : slices.getFirst();
  }
}
