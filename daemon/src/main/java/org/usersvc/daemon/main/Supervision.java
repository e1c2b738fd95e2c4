package org.usersvc.daemon.main;

import java.io.IOException;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Logins;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.activation.Self;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.activation.UserFiles;
import org.usersvc.daemon.adopt.Adoption;
import org.usersvc.daemon.enable.AvailableServices;
import org.usersvc.daemon.enable.Enablement;
import org.usersvc.daemon.enable.Enabling;
import org.usersvc.daemon.environment.BaseEnvironment;
import org.usersvc.daemon.environment.OwnPrograms;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.log.LogKeepers;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixDatagrams;
import org.usersvc.daemon.platform.BootTime;
import org.usersvc.daemon.session.Captured;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.trigger.Memory;
import org.usersvc.daemon.view.Services;

/** The services, and the sessions that provide their variables. */
record Supervision(
    Adoption adoption,
    Supervisor supervisor,
    Services services,
    Operations operations,
    Sessions sessions,
    Activation activation,
    ScanDirectory scanDirectory,
    Logins logins,
    Enablement enablement) {
  /** Puts all parts together; starts nothing yet. */
  static Supervision on(Ground ground, LogKeepers logs) throws IOException {
    var platform = ground.platform();
    var listeners =
        new Supervisor.Listeners(
            logs, new UnixDatagrams(ground.kept()), SelfProcess.uid(), SelfProcess.pid());
    var adoption = new Adoption(platform);
    var places = ground.places();
    var memory = new Memory(places.schedules(), () -> BootTime.nanos(platform));
    var supervisor = new Supervisor(platform, listeners, adoption, places.scanDirectory(), memory);
    var services = new Services(supervisor);
    var operations = new Operations(services, platform.loop(), logs);
    var self = new Self(SelfProcess.pid(), SelfProcess.uid(), ground.environment());
    var sessions = new Sessions(platform, ground.sockets(), self);
    var activation = activation(ground, sessions);
    activation.onChange(() -> supervisor.environment(activation.current()));
    activation.onLoss(supervisor::variablesLost);
    activation.onSettled(supervisor::environmentSettled);
    activation.follow(supervisor.exports());
    supervisor.environment(activation.current());
    return new Supervision(
        adoption,
        supervisor,
        services,
        operations,
        sessions,
        activation,
        new ScanDirectory(activation::reread, supervisor),
        new Logins(platform, supervisor, sessions, ground.places().logins()),
        enablement(ground, supervisor, operations));
  }

  private static Activation activation(Ground ground, Sessions sessions) throws IOException {
    var base = BaseEnvironment.of(ground.environment(), Captured.NAMES);
    var platform = ground.platform();
    var files = new UserFiles(ground.files(), platform.messages(), UserFiles.SYSTEM);
    return new Activation(() -> files.over(base), programs(base), sessions, platform.loop());
  }

  private static OwnPrograms programs(Environment base) throws IOException {
    String keeper = SelfProcess.option("usersvc.keeper");
    return keeper == null
        ? OwnPrograms.NONE
        : OwnPrograms.of(base, keeper.substring(0, keeper.lastIndexOf('/') + 1) + "bin");
  }

  private static Enablement enablement(Ground ground, Supervisor supervisor, Operations operations)
      throws IOException {
    var files = ground.files();
    String share = SelfProcess.option("usersvc.share");
    var available =
        new AvailableServices(files, AvailableServices.directories(ground.environment(), share));
    var enabling = new Enabling(files, available, ground.places().runtime().supervise());
    return new Enablement(enabling, supervisor, operations, ground.platform().loop());
  }
}
