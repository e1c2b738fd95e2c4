package org.usersvc.systemd.manage;

import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.ControllerFactory;
import org.usersvc.systemd.engine.ForeignUnits;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.record.InvocationId;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** All parts that run units, put together. <b>Loop thread only.</b> */
public final class Engine {
  private final Controllers controllers;
  private final UnitTexts texts;
  private final UnitManager manager;
  private final Takeover takeover;
  private final EndActions actions;

  /**
   * Begins without any unit. Targets and slices run; for each other type {@link #control} says how.
   *
   * @param index the names of units; it is refreshed when that is needed
   * @param reader makes units from their files
   * @param judge judges conditions
   * @param random makes the ids of runs
   */
  public Engine(
      Turns turns,
      FileSystem files,
      UnitIndex index,
      UnitReader reader,
      Judge judge,
      RandomGenerator random) {
    var news = new NewsList();
    var steps = new Steps(turns);
    var reports = new ReportQueue(steps::wake);
    texts = new UnitTexts(index, new Loader(files, index), reader);
    controllers = new Controllers(reports);
    var units = new Units(texts, controllers::control, news::unitAdded);
    var starter = new Starter(turns.clock(), judge, unit -> InvocationId.make(unit, random));
    var jobs = new Jobs(units, turns, reports, starter, news, steps::wake);
    var written = new WrittenFiles(files, index);
    news.add(written);
    manager = new UnitManager(units, jobs, written, news, turns, steps::wake);
    actions = jobs.actions();
    takeover = new Takeover(units, jobs, news, steps);
    steps.begin(() -> jobs.step() || manager.rest());
  }

  /** Units of a type are carried out by such controllers; to be said before any is loaded. */
  public void control(UnitType type, ControllerFactory factory) {
    controllers.put(type, factory);
  }

  /** These stand for unit files; to be said before any unit is loaded. */
  public void foreign(ForeignUnits units) {
    texts.foreign(units);
    controllers.foreign(units);
  }

  /** One unit is carried out by such a controller, whatever its type; as {@link #control}. */
  public void control(UnitName unit, ControllerFactory factory) {
    controllers.put(unit, factory);
  }

  /**
   * Says who ends the daemon when a unit has ended that is to end it.
   *
   * @param action takes the exit status, if the unit gives one
   */
  public void onExit(Consumer<OptionalInt> action) {
    actions.onExit(action);
  }

  /** What doors call, and controllers that ask for other units. */
  public Manager manager() {
    return manager;
  }

  /** How units of an earlier daemon go on. */
  public Takeover takeover() {
    return takeover;
  }
}
