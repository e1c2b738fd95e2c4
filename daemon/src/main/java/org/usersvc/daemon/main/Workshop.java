package org.usersvc.daemon.main;

import org.usersvc.daemon.execution.Launcher;
import org.usersvc.daemon.execution.ProcCensus;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.mechanism.LoopTurns;
import org.usersvc.daemon.mechanism.RepeatedWatches;
import org.usersvc.daemon.mechanism.RuntimePlaces;
import org.usersvc.daemon.mechanism.StateRecords;
import org.usersvc.daemon.os.PassedSockets;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixDatagrams;
import org.usersvc.daemon.state.StateFile;
import org.usersvc.daemon.supervise.Supervisor;

/** The parts of the daemon on which extensions run programs. */
record Workshop(Ground ground, Supervisor supervisor, LogIntake logs, StateFile state) {
  /** Puts the mechanisms together; they do nothing until they are used. */
  Mechanisms mechanisms() {
    var platform = ground.platform();
    var files = platform.files();
    var processes = platform.processes();
    var datagrams = new UnixDatagrams(ground.kept());
    return new Mechanisms(
        files,
        processes,
        new Launcher(files, processes),
        new ProcCensus(files, platform.loop(), SelfProcess.pid()),
        new LoopTurns(platform.loop()),
        new RuntimePlaces(platform, logs, datagrams, SelfProcess.uid()),
        new RepeatedWatches(supervisor::pathWatch, platform.messages()::warn),
        new PassedSockets(ground.kept(), ground.held()),
        new StateRecords(state));
  }
}
