package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.Execution;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.Mark;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.SpawnRequest.Redirect;
import org.usersvc.daemon.servicedir.Script;

/**
 * Starts run as the directory defines it now, and feeds the outcome to the state machine. <b>Loop
 * thread only.</b>
 */
final class RunStart implements Execution.Listener {
  /** The parts that say whether run may start, and with what; it leads the group. */
  record Parts(
      DefinitionCache treatment,
      ServiceEnvironment environment,
      ProcessNeeds needs,
      Readiness readiness,
      RunGroup group) {}

  private final Owner owner;
  private final Platform platform;
  private final Agenda agenda;
  private final Parts parts;
  private final RunEnd end;
  private @Nullable Order order;

  /**
   * Starts nothing yet.
   *
   * @param end is notified of the end of run's process
   */
  RunStart(Owner owner, Platform platform, Agenda agenda, Parts parts, RunEnd end) {
    this.owner = owner;
    this.platform = platform;
    this.agenda = agenda;
    this.parts = parts;
    this.end = end;
  }

  /** Reads the definition and composes the environment, for control/u. */
  void prepare() {
    parts.treatment().read();
    parts.environment().prepare();
  }

  /** Starts it, or feeds why it does not start. */
  void start() {
    try (var _ = owner.directory().look()) {
      startAsDefined();
    }
  }

  private void startAsDefined() {
    if (owner.isLogger() && owner.service().hasLostLogger()) {
      owner.feed(new Event.InputClosed(false));
      owner.feed(new Event.RunMissing());
      return;
    }
    if (!owner.directory().hasRun()) {
      boolean hangs = owner.directory().hang() != null;
      if (owner.isLogger() && !hangs) {
        warn(
            "has no run any more; lines wait in its pipe, and who writes them stands still when"
                + " 64 KiB wait: make its run anew, or remove log/, and usersvcd logs the service");
      }
      owner.feed(hangs ? new Event.NeedMissing() : new Event.RunMissing());
      return;
    }
    parts.treatment().read();
    if (!parts.environment().prepare() || !parts.needs().missing().isEmpty()) {
      owner.feed(new Event.NeedMissing());
      return;
    }
    if (!parts.environment().needs().isEmpty() && owner.history().hasJustEnded()) {
      owner.feed(new Event.NeedUnsettled());
      return;
    }
    if (owner.service().changesLogger(owner)) {
      agenda.add(Agenda.Stage.REVIEW, this::startAfterThat);
      return;
    }
    owner.service().beforeStart(owner);
    execute();
  }

  private void startAfterThat() {
    if (owner.state().phase() instanceof Phase.Starting) {
      start();
    }
  }

  private void execute() {
    if (owner.directory().hang() != null) {
      failed(new Errno(Errno.ETIMEDOUT));
      return;
    }
    owner.history().order();
    try {
      order = Order.give(platform.processes(), request(), this);
    } catch (FileFault fault) {
      warn(String.valueOf(fault.getMessage()));
      failed(fault.errno());
    }
  }

  private SpawnRequest request() throws FileFault {
    int descriptor = parts.readiness().prepare(owner.definition());
    var redirects = new ArrayList<>(owner.service().redirects(owner));
    if (descriptor >= 0) {
      int target = owner.definition().readiness().descriptor();
      redirects.add(new Redirect(target, descriptor, Access.BOTH));
    }
    var place = RunPlace.of(owner, platform.files());
    return new SpawnRequest(
        place.directory(),
        place.program(),
        owner.environmentGiven(),
        Mark.name(owner.keyText(), Script.RUN.name()),
        new Confinement(owner.definition().limits(), parts.treatment()::refused),
        redirects);
  }

  /** Gives up a start that has not been answered. */
  void giveUp() {
    if (order != null) {
      order.giveUp();
    }
  }

  private void warn(String text) {
    platform.messages().warn(owner.name() + ": " + text);
  }

  @Override
  public void late() {
    warn(StartTrouble.late(Script.RUN));
  }

  @Override
  public void started(int pid) {
    parts.group().lead(pid);
    owner.feed(new Event.RunStarted(pid));
  }

  @Override
  public void failed(Errno errno) {
    if (errno.is(Errno.ETIMEDOUT)) {
      owner.feed(new Event.NeedMissing());
      return;
    }
    String trouble = StartTrouble.line(owner, platform.files(), Script.RUN, errno);
    warn(trouble);
    owner.history().couldNotStart(trouble);
    owner.feed(errno.lacksResources() ? new Event.NoResources() : new Event.RunNotExecutable());
  }

  @Override
  public void ended(int pid, ExitStatus status) {
    end.ended(pid, status);
  }
}
