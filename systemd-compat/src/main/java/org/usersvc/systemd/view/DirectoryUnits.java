package org.usersvc.systemd.view;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.usersvc.daemon.extension.Departure;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.ServiceFamily;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.view.Watcher;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.ForeignUnits;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.Unit;

/**
 * The service directories as units: {@code foo} is {@code foo.service}, and a unit file of that
 * name counts for nothing. The engine knows those that are up, and those that a unit names. <b>Loop
 * thread only.</b>
 */
public final class DirectoryUnits implements ForeignUnits, Watcher<Commanded>, Departure {
  private final ServiceFamily directories;
  private final Turns turns;
  private final Supplier<Manager> units;
  private final Map<UnitName, DirectoryController> controllers = new HashMap<>();

  /**
   * Knows no service yet.
   *
   * @param units the engine; not asked before {@link #begin}
   */
  public DirectoryUnits(ServiceFamily directories, Turns turns, Supplier<Manager> units) {
    this.directories = directories;
    this.turns = turns;
    this.units = units;
  }

  /** The engine is there: gives it all services that are up, and later ones. */
  public void begin() {
    directories.watch(this);
    var left = new ArrayDeque<Commanded>(List.copyOf(directories.all()));
    turns.inPieces(() -> {
      var next = left.poll();
      if (next != null) {
        changed(next);
      }
      return next != null;
    });
  }

  private static Optional<UnitName> nameOf(Commanded service) {
    return UnitName.parse(service.view().serviceName() + "." + UnitType.SERVICE.suffix())
        .filter(name -> !name.isTemplate() && service.view().nativeName().indexOf('/') < 0);
  }

  @Override
  public Optional<Text> text(UnitName name) {
    if (name.type() != UnitType.SERVICE || name.isTemplate()) {
      return Optional.empty();
    }
    return directories.lookUp(name.withoutSuffix()) instanceof LookUp.Found(var service)
        ? Optional.of(text(service.view()))
        : Optional.empty();
  }

  private static Text text(ServiceView view) {
    String path = (view.directory() == null ? "/" : view.directory() + "/") + "run";
    String word = path.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return new Text(
        path,
        "[Unit]\nDescription=service directory "
            + view.name().replace("%", "%%")
            + " \n[Service]\nRestart=always\nExecStart=:\""
            + word
            + "\"\n");
  }

  @Override
  public Controller control(Unit unit, Reports reports) {
    String name = unit.id().withoutSuffix();
    var id = unit.id();
    var made =
        new DirectoryController(
            () -> directories.known(name), reports, () -> controllers.remove(id));
    controllers.put(id, made);
    return made;
  }

  /** A service that is new, or comes up, becomes known. */
  @Override
  public void changed(Commanded service) {
    var name = nameOf(service);
    if (name.isPresent() && isNews(name.get(), service)) {
      turns.soon(() -> units.get().look(name.get()));
    }
  }

  private boolean isNews(UnitName name, Commanded service) {
    var found = units.get().find(name);
    return found.isEmpty()
        ? service.view().lives() || service.view().isReady()
        : !(found.get().controller() instanceof DirectoryController);
  }

  @Override
  public void shown(Commanded service) {
    var controller = nameOf(service).map(controllers::get);
    controller.ifPresent(DirectoryController::look);
  }

  @Override
  public void gone(Commanded service) {
    shown(service);
    nameOf(service).ifPresent(name -> turns.soon(() -> forget(name)));
  }

  /** The engine reads the name anew, if it still knows it: a unit file may have it. */
  private void forget(UnitName name) {
    if (units.get().find(name).isPresent()) {
      units.get().look(name);
    }
  }

  @Override
  public void stop(Runnable done) {
    controllers.values().forEach(DirectoryController::leave);
    done.run();
  }

  @Override
  public void hurry() {}
}
