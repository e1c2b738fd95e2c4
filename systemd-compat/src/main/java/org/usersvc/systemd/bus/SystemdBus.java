package org.usersvc.systemd.bus;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Extension;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.systemd.command.EscapeCommand;
import org.usersvc.systemd.command.Place;
import org.usersvc.systemd.command.RunCommand;
import org.usersvc.systemd.command.Systemctl;
import org.usersvc.systemd.command.Waits;
import org.usersvc.systemd.dbus.SessionBuses;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.install.UnitFileState;
import org.usersvc.systemd.startup.DesktopTarget;
import org.usersvc.systemd.startup.Enabled;
import org.usersvc.systemd.survival.Survival;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.verify.VerifyVerb;
import org.usersvc.systemd.view.UnitFamily;

/**
 * Begins the extension. Brings {@code org.freedesktop.systemd1} to where programs look for it, but
 * never to where a user manager of systemd is. <b>Loop thread only.</b>
 */
public final class SystemdBus implements Extension {
  private static final String NAME = "org.freedesktop.systemd1";

  @Override
  public void begin(Host host) {
    var audience = new Audience(host);
    var owners = new BusOwners();
    var buses = new SessionBuses();
    var ending = new Ending(host);
    var making = new Making(host, audience, owners, buses, ending);
    var log = new LogControl(host.whole());
    var desk = desk(host, ending, log, making);
    var activator = new Activator(desk);
    making.tell(activator);
    var family =
        new UnitFamily(
            desk::manager, desk::isRunning, host::mechanisms, host::environment, files(desk));
    making.tell(family);
    host.add(family);
    host.put(ObjectPaths.MANAGER, new LateObject(desk));
    host.put(LogControl.PATH, log);
    host.put(ObjectPaths.UNITS, LateFamily.units(desk));
    host.put(ObjectPaths.JOBS, LateFamily.jobs(desk));
    host.onReady(audience::ready);
    host.onReady(owners::ready);
    host.onReady(buses::ready);
    host.onEmitted(owners::emitted);
    host.onEmitted(activator::emitted);
    host.onVerb("verify", new VerifyVerb(host));
    commands(host, desk, making);
    if (Survival.isNeeded(host.mechanisms())) {
      host.mechanisms().turns().soon(desk::running);
    }
    host.onEnable(new UnitEnabler(desk));
    if (listen(host)) {
      new Enabled(host, desk::manager).begin();
      desktopTarget(host, desk).begin();
    }
  }

  private static Desk desk(Host host, Ending ending, LogControl log, Making making) {
    return new Desk(
        new ManagerEnvironment(host),
        host.mechanisms().files(),
        ending,
        log,
        host.mechanisms().turns()::inPieces,
        making::make);
  }

  private static UnitFamily.Files files(Desk desk) {
    return new UnitFamily.Files() {
      @Override
      public @Nullable String state(UnitName unit) {
        return desk.running().installation().state(unit).map(UnitFileState::word).orElse(null);
      }

      @Override
      public Set<String> ofUser() {
        return desk.running().installation().ofUser();
      }
    };
  }

  private static void commands(Host host, Desk desk, Making making) {
    var waits = new Waits();
    making.tell(waits);
    Supplier<Place> place =
        () ->
            new Place(
                host,
                desk::manager,
                ManagerTable.TABLE.of(desk),
                unit -> desk.running().objects().of(unit),
                waits);
    host.onVerb("systemctl", (words, reply) -> new Systemctl(place.get()).answer(words, reply));
    host.onVerb(
        "systemd-run",
        (words, reply) -> new RunCommand(place.get(), new SplittableRandom()).answer(words, reply));
    host.onVerb("systemd-escape", (words, reply) -> new EscapeCommand().answer(words, reply));
  }

  private static DesktopTarget desktopTarget(Host host, Desk desk) {
    var mechanisms = host.mechanisms();
    return new DesktopTarget(
        new DesktopTarget.Parts(
            mechanisms.turns(),
            mechanisms.records(),
            host.desktops(),
            desk::manager,
            desk::isOfUnit,
            host::warn));
  }

  /** False if this is another manager's place. */
  private static boolean listen(Host host) {
    String path = host.runtime() + "/systemd/private";
    try {
      if (host.listen(path, NAME)) {
        return true;
      }
      host.info(path + " is another manager's, leaving it alone");
      return false;
    } catch (FileFault fault) {
      host.warn(fault.getMessage() + "; systemctl --user uses the bus");
      return true;
    }
  }
}
