package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.MainProcessSettings;
import org.usersvc.systemd.unit.MainProcessSettings.ExitType;
import org.usersvc.systemd.unit.NotifySettings;
import org.usersvc.systemd.unit.NotifySettings.Access;
import org.usersvc.systemd.unit.ServiceType;

/** What a service is and how it shows that it is there. */
final class ServicePart extends Part {
  private @Nullable ServiceType type;
  private ExitType exitType = MainProcessSettings.DEFAULT.exitType();
  private boolean remainAfterExit = MainProcessSettings.DEFAULT.remainAfterExit();
  private boolean guessMainPid = MainProcessSettings.DEFAULT.guessMainPid();
  private @Nullable String pidFile;
  private @Nullable String busName;
  private ExitStatuses successStatus = ExitStatuses.NONE;
  private @Nullable Access access;
  private int storedDescriptors = NotifySettings.DEFAULT.storedDescriptors();
  private Signal reloadSignal = NotifySettings.DEFAULT.reloadSignal();
  private final List<UnitName> sockets = new ArrayList<>();

  ServicePart() {
    on("Type", value -> value.word(ServiceType.class, word -> type = word));
    on("ExitType", value -> value.word(ExitType.class, word -> exitType = word));
    on("RemainAfterExit", value -> value.bool(read -> remainAfterExit = read));
    on("GuessMainPID", value -> value.bool(read -> guessMainPid = read));
    on("PIDFile", this::pidFile);
    on("BusName", value -> busName = value.isEmpty() ? null : value.text());
    on("SuccessExitStatus", value -> successStatus = value.exits(successStatus));
    on("NotifyAccess", value -> value.word(Access.class, word -> access = word));
    on("FileDescriptorStoreMax", value -> value.count(0, read -> storedDescriptors = read));
    on("ReloadSignal", value -> value.signal(read -> reloadSignal = read));
    on("Sockets", this::sockets);
  }

  private void pidFile(Value value) {
    if (value.isEmpty()) {
      pidFile = null;
      return;
    }
    String path = value.text();
    String directory = value.specifiers().expand("%t/").or("");
    value.absolute(path.startsWith("/") ? path : directory + path, read -> pidFile = read);
  }

  private void sockets(Value value) {
    for (var unit : value.units()) {
      if (unit.type() == UnitType.SOCKET) {
        sockets.add(unit);
      } else {
        value.warn(unit + " is no socket");
      }
    }
  }

  /** The type that is written, else the one that the rest implies. */
  ServiceType type(boolean hasStart) {
    if (type != null) {
      return type;
    }
    if (busName != null) {
      return ServiceType.DBUS;
    }
    return hasStart ? ServiceType.SIMPLE : ServiceType.ONESHOT;
  }

  List<UnitName> sockets() {
    return sockets;
  }

  MainProcessSettings main() {
    return new MainProcessSettings(
        exitType, remainAfterExit, guessMainPid, pidFile, busName, successStatus);
  }

  /**
   * What the service may tell by messages.
   *
   * @param isExpected whether it has to send some
   */
  NotifySettings messages(boolean isExpected) {
    var written = access == null ? Access.NONE : access;
    return new NotifySettings(
        isExpected && written == Access.NONE ? Access.MAIN : written,
        storedDescriptors,
        reloadSignal);
  }
}
