package org.usersvc.daemon.supervise;

import java.util.function.IntPredicate;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.order.Dependencies;
import org.usersvc.daemon.order.Tree;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.WatchTable;

/** The parts of a supervised process; each knows only those that it works with. */
record ProcessParts(
    History history,
    DefinitionCache treatment,
    ServiceEnvironment environment,
    ExportsFile exports,
    ProcessNeeds needs,
    CommandQueue letters,
    StatusFiles files,
    KillTimer killTimer,
    RunGroup group,
    Readiness readiness,
    CheckRecord checks,
    Steadiness steadiness,
    RunEnd runEnd,
    EffectPerformer performer) {
  /**
   * The supervisor's facilities for all processes.
   *
   * @param isRun whether a process is the run of some service, or of its logger
   */
  record Facilities(
      Platform platform,
      WatchTable watchTable,
      Agenda agenda,
      Dependencies dependencies,
      ActivationEnvironment environment,
      NotifyReceiver receiver,
      CheckScripts checks,
      ProcessGroupCleanup leftovers,
      IntPredicate isRun) {
    /**
     * Makes the remaining facilities.
     *
     * @param tree its services
     * @param heard whose messages of sd_notify(3) are taken
     */
    static Facilities of(
        Platform platform,
        Agenda agenda,
        Tree tree,
        NotifyReceiver.Parts heard,
        ProcessGroupCleanup leftovers,
        IntPredicate isRun) {
      return new Facilities(
          platform,
          new WatchTable(platform),
          agenda,
          new Dependencies(tree, platform, agenda),
          new ActivationEnvironment(platform.loop().timers(), platform.messages()),
          new NotifyReceiver(platform, heard),
          new CheckScripts(platform),
          leftovers,
          isRun);
    }
  }

  static ProcessParts of(NotifyReceiver.Speaker owner, ControlFiles control, Facilities given) {
    var platform = given.platform();
    var agenda = given.agenda();
    var dependencies = given.dependencies();
    var environment =
        new ServiceEnvironment(
            owner,
            new Complaints(owner, platform),
            given.environment(),
            () -> given.receiver().path(owner));
    var needs = new ProcessNeeds(owner, environment, dependencies, agenda);
    var letters = new CommandQueue(owner, platform, agenda, needs::pull);
    var files = new StatusFiles(owner, control, letters, platform, given.watchTable());
    var treatment = new DefinitionCache(owner, platform, dependencies);
    var killTimer = new KillTimer(owner, platform);
    var group = new RunGroup(given.leftovers(), owner);
    var checks = new CheckRecord(owner, given.checks(), platform.loop().clock());
    var readiness = new Readiness(owner, platform, agenda, checks);
    var runEnd = new RunEnd(owner, platform, given.isRun(), group, readiness);
    var end = new EffectPerformer.End(runEnd, group, killTimer);
    var parts = new RunStart.Parts(treatment, environment, needs, readiness, group);
    var run = new RunStart(owner, platform, agenda, parts, runEnd);
    var finish = new FinishStart(owner, platform, letters);
    var start = new EffectPerformer.Start(run, finish, readiness);
    return new ProcessParts(
        new History(platform.loop().clock()),
        treatment,
        environment,
        new ExportsFile(owner, given.environment().exports(), new Complaints(owner, platform)),
        needs,
        letters,
        files,
        killTimer,
        group,
        readiness,
        checks,
        new Steadiness(owner, platform.loop().timers(), readiness, dependencies.news()),
        runEnd,
        new EffectPerformer(owner, platform, start, end));
  }
}
