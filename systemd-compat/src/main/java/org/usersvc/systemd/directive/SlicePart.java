package org.usersvc.systemd.directive;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.Relation;

/** Where in the tree of slices the processes of a unit are. */
public final class SlicePart implements Part {
  private @Nullable UnitName slice;

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Slice" -> slice(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void slice(Value value) {
    if (value.isEmpty()) {
      slice = null;
      return;
    }
    var units = value.units();
    if (units.size() == 1 && units.getFirst().type() == UnitType.SLICE) {
      slice = units.getFirst();
    } else {
      value.warn("needs the name of a slice");
    }
  }

  public void addTo(Dependencies dependencies) {
    if (slice != null) {
      dependencies.add(Relation.SLICE, slice);
    }
  }
}
