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
final class ServicePart implements Part {
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

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Type" -> value.word(ServiceType.class, word -> type = word);
      case "ExitType" -> value.word(ExitType.class, word -> exitType = word);
      case "RemainAfterExit" -> value.bool(read -> remainAfterExit = read);
      case "GuessMainPID" -> value.bool(read -> guessMainPid = read);
      case "PIDFile" -> pidFile(value);
      case "BusName" -> busName = value.isEmpty() ? null : value.text();
      case "SuccessExitStatus" -> successStatus = value.exits(successStatus);
      case "NotifyAccess" -> value.word(Access.class, word -> access = word);
      case "FileDescriptorStoreMax" -> value.count(0, read -> storedDescriptors = read);
      case "ReloadSignal" -> value.signal(read -> reloadSignal = read);
      case "Sockets" -> sockets(value);
      default -> {
        return false;
      }
    }
    return true;
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
   * The messages that the service may send.
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
