package org.usersvc.systemd.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.ServiceController.Main;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.ResultVariables;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/**
 * The facts that a service started by {@code OnFailure=} or {@code OnSuccess=} gets about the one
 * that has ended. If several services name it, it gets none, as it may have been any of them.
 * <b>Loop thread only.</b>
 *
 * <p>Source: systemd.exec(5), {@code $MONITOR_SERVICE_RESULT}.
 */
public final class Monitored {
  private static final String PREFIX = "MONITOR_";
  private static final Set<ExecStep> TOLD = Set.of(ExecStep.START_PRE, ExecStep.START);

  private final Manager manager;

  public Monitored(Manager manager) {
    this.manager = manager;
  }

  /** The variables for a command of a service; perhaps none. */
  Map<String, String> variables(UnitName service, ExecStep step) {
    var variables = new LinkedHashMap<String, String>();
    if (TOLD.contains(step)) {
      var names = new LinkedHashSet<UnitName>();
      for (var relation : List.of(Relation.ON_FAILURE_OF, Relation.ON_SUCCESS_OF)) {
        names.addAll(manager.related(service, relation));
      }
      var services = names.stream().flatMap(name -> manager.find(name).stream()).toList();
      if (services.size() == 1) {
        tell(services.getFirst(), variables);
      }
    }
    return variables;
  }

  private static void tell(UnitRecord unit, Map<String, String> variables) {
    if (unit.controller() instanceof ServiceController service) {
      var status = service.lastMain().flatMap(Main::status).orElse(null);
      variables.putAll(ResultVariables.of(PREFIX, service.result(), status));
      variables.put(PREFIX + "INVOCATION_ID", unit.invocation());
      variables.put(PREFIX + "UNIT", unit.unit().id().toString());
    }
  }
}
