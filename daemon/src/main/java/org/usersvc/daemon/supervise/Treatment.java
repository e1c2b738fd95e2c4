package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Rules;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.order.Dependencies;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.servicedir.Definition;
import org.usersvc.daemon.servicedir.DefinitionReader;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/** The definition of one process: how it is to be treated; read anew for each start. */
final class Treatment {
  private final Owner owner;
  private final Dependencies dependencies;
  private final Complaints complaints;
  private final Complaints refusals;
  private Definition definition = Definition.PLAIN;
  private Rules rules = Rules.PLAIN;

  /** The look at the directory in which it was read last. */
  private long readIn;

  Treatment(Owner owner, Platform platform, Dependencies dependencies) {
    this.owner = owner;
    this.dependencies = dependencies;
    this.complaints = new Complaints(owner, platform);
    this.refusals = new Complaints(owner, platform);
  }

  Definition definition() {
    return definition;
  }

  /** The rules of that definition. */
  Rules rules() {
    return rules;
  }

  /** Logs the limits that the kernel has refused at the start of run. */
  void refused(List<Refusal> now) {
    refusals.are(now.stream().map(refusal -> "limits: " + refusal.describe()).toList());
  }

  /** Reads the definition, once in each look at the directory. */
  void read() {
    long look = owner.directory().currentLook();
    if (look != ServiceDirectory.NO_LOOK && look == readIn) {
      return;
    }
    readIn = look;
    boolean lingered = definition.lingers();
    try {
      var wrong = new ArrayList<String>();
      var found = DefinitionReader.read(owner.directory(), each -> wrong.add(each + ", ignoring"));
      // with a hang the definition is incomplete, and is read again before a start
      if (owner.directory().hang() != null) {
        return;
      }
      complaints.are(wrong);
      if (found.limits().isEmpty()) {
        refused(List.of());
      }
      definition = found;
      rules = rulesOf(found);
    } catch (FileFault fault) {
      complaints.are(List.of(fault.getMessage() + ", ignoring"));
    }
    if (!owner.isLogger()) {
      dependencies.declare(owner.service().node(), definition.needs());
      if (definition.lingers() != lingered) {
        dependencies.hold().definitionChanged();
      }
    }
  }

  private static Rules rulesOf(Definition definition) {
    var rule = definition.restart();
    if (rule == null) {
      rule = definition.oneshot() ? RestartRule.NO : RestartRule.ALWAYS;
    }
    return new Rules(definition.oneshot(), rule, definition.times().finish());
  }
}
