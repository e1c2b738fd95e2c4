package org.usersvc.systemd.bus;

import java.util.stream.Collectors;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.unit.Relation;

/** All that is known of units and jobs, as a text for people. Its form may change. */
final class Dump {
  private Dump() {}

  static String of(Manager manager) {
    var text = new StringBuilder();
    manager.units().forEach(unit -> add(unit, manager, text));
    manager.jobs().forEach(job -> add(job, text));
    return text.toString();
  }

  private static void add(UnitRecord record, Manager manager, StringBuilder text) {
    var unit = record.unit();
    text.append("-> Unit ").append(unit.id()).append(":\n");
    add("Description", unit.description(), text);
    add("Unit Load State", unit.loadState().word(), text);
    add("Unit Active State", record.state().active().word(), text);
    add("Unit Sub State", record.state().sub(), text);
    add("Invocation ID", record.invocation(), text);
    add("Fragment Path", String.valueOf(unit.origin().fragment()), text);
    unit.origin().dropIns().forEach(path -> add("DropIn Path", path, text));
    for (var relation : Relation.values()) {
      var others = manager.related(unit.id(), relation);
      if (!others.isEmpty()) {
        String names = others.stream().map(Object::toString).collect(Collectors.joining(" "));
        add(relation.name(), names, text);
      }
    }
  }

  private static void add(String label, String value, StringBuilder text) {
    text.append('\t').append(label).append(": ").append(value).append('\n');
  }

  private static void add(Job job, StringBuilder text) {
    text.append("-> Job ").append(job.id()).append(":\n");
    add("Action", job.unit() + " -> " + job.type().word(), text);
    add("State", job.state().word(), text);
    add("Irreversible", job.irreversible() ? "yes" : "no", text);
  }
}
