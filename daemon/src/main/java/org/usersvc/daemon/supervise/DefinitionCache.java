package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Rules;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.order.Dependencies;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.servicedir.Definition;
import org.usersvc.daemon.servicedir.DefinitionReader;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/**
 * The definition of one process: how it is to be treated; read anew for each start. The bound of a
 * stop is read anew whenever it has changed. <b>Loop thread only.</b>
 */
final class DefinitionCache {
  private final Owner owner;
  private final Dependencies dependencies;
  private final Complaints complaints;
  private final Complaints stopComplaints;
  private final Complaints refusals;
  private Definition definition = Definition.PLAIN;
  private Rules rules = Rules.PLAIN;

  private @Nullable Duration stopBound;

  /** Whether timeout-kill may have changed since it was read. */
  private boolean stopBoundIsOld;

  /** The look at the directory in which it was read last. */
  private long readIn;

  DefinitionCache(Owner owner, Platform platform, Dependencies dependencies) {
    this.owner = owner;
    this.dependencies = dependencies;
    this.complaints = new Complaints(owner, platform);
    this.stopComplaints = new Complaints(owner, platform);
    this.refusals = new Complaints(owner, platform);
  }

  Definition definition() {
    return definition;
  }

  /** The rules of that definition, with the present bound of a stop. */
  Rules rules() {
    if (stopBoundIsOld && !owner.isClosed()) {
      readStopBound();
      rules = rulesNow();
    }
    return rules;
  }

  /** The file timeout-kill has changed, or may have. */
  void stopBoundChanged() {
    stopBoundIsOld = true;
  }

  /** Reads timeout-kill. While its file system hangs, what was read before stays. */
  private void readStopBound() {
    var directory = owner.directory();
    var wrong = new ArrayList<String>();
    var found = DefinitionReader.stopBound(directory, each -> wrong.add(each + ", ignoring"));
    stopBoundIsOld = directory.linksToStopBound();
    if (directory.hang() == null) {
      stopComplaints.are(wrong);
      stopBound = found;
    }
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
      readStopBound();
      rules = rulesNow();
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

  /** What starts at its times runs to its end then, and is down again. */
  private Rules rulesNow() {
    var rule = definition.restart();
    boolean scheduled = definition.isScheduled();
    if (rule == null || (scheduled && rule == RestartRule.ALWAYS)) {
      rule = definition.oneshot() || scheduled ? RestartRule.NO : RestartRule.ALWAYS;
    }
    boolean completes = definition.oneshot() && !scheduled;
    return new Rules(completes, rule, stopBound, definition.times().finish());
  }
}
