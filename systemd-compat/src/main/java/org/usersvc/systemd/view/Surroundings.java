package org.usersvc.systemd.view;

import java.util.Optional;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.model.Environment;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.syntax.UnitName;

/** What a unit is shown and commanded by. <b>Loop thread only.</b> */
interface Surroundings {
  /** The engine, which is there if a unit is. */
  Manager manager();

  Mechanisms mechanisms();

  /** The variables that all units get. */
  Environment environment();

  /**
   * What is known of the unit now.
   *
   * @param last what was known of it, if the engine has forgotten it since
   */
  UnitFacts facts(UnitName unit, UnitFacts last);

  /** The name by which lists show the unit; empty if they do not. */
  Optional<String> shownName(UnitName unit);

  /** Something has become of the unit that the engine has no news of. */
  void changed(UnitName unit);
}
