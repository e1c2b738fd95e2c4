package org.usersvc.systemd.bus;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.face.UnitObjects;

/** Objects of units that are there from the first request on. <b>Loop thread only.</b> */
final class LateFamily implements ObjectTree.Family {
  private final Desk desk;
  private final boolean isOfUnits;
  private final Function<UnitObjects, ObjectTree.Family> which;

  private LateFamily(Desk desk, boolean isOfUnits, Function<UnitObjects, ObjectTree.Family> which) {
    this.desk = desk;
    this.isOfUnits = isOfUnits;
    this.which = which;
  }

  static LateFamily units(Desk desk) {
    return new LateFamily(desk, true, UnitObjects::units);
  }

  static LateFamily jobs(Desk desk) {
    return new LateFamily(desk, false, UnitObjects::jobs);
  }

  @Override
  public @Nullable List<Served> find(String element) {
    return which.apply(desk.running().objects()).find(element);
  }

  @Override
  public void find(String element, Call call, Consumer<@Nullable List<Served>> taker) {
    var unit = ObjectPaths.unit(element).filter(name -> isOfUnits && !name.isTemplate());
    desk.whenRead(
        unit.map(List::of).orElse(List.of()),
        () -> which.apply(desk.running().objects()).find(element, call, taker));
  }

  @Override
  public Collection<String> elements() {
    return desk.isRunning() ? which.apply(desk.running().objects()).elements() : List.of();
  }
}
