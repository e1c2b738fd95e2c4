package org.usersvc.systemd.dbus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.load.Listed;
import org.usersvc.systemd.load.SourceFile;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.Install;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Origin;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;

/**
 * {@code dbus.service}, {@code dbus.socket} and {@code dbus-broker.service}. They are loaded
 * without a file. If there is one, only its path is shown, even if it is a mask.
 */
public final class BusUnits {
  /** A start waits for a bus as long as a call on a bus may take. */
  private static final String UNIT =
      """
      [Unit]
      Description=%s
      Documentation=man:dbus-daemon(1)
      DefaultDependencies=no
      JobRunningTimeoutSec=25
      """;

  private static final String SERVICE =
      UNIT.formatted("D-Bus User Message Bus")
          + """
          [Service]
          Type=dbus
          BusName=org.freedesktop.DBus
          ExecStart=/usr/bin/dbus-daemon --session
          """;

  private static final String SOCKET =
      UNIT.formatted("D-Bus User Message Bus Socket")
          + """
          [Socket]
          ListenStream=%t/bus
          """;

  private static final Map<UnitName, String> TEXTS =
      Map.of(
          UnitName.of("dbus.service"), SERVICE,
          UnitName.of("dbus-broker.service"), SERVICE,
          UnitName.of("dbus.socket"), SOCKET);

  private BusUnits() {}

  /**
   * A reader that knows these units, and has another one for the rest. No link in a {@code .wants}
   * directory starts them: they follow the bus by themselves, and where none comes, their jobs
   * would wait in vain.
   */
  public static UnitReader reader(UnitReader rest) {
    return new UnitReader() {
      @Override
      public Unit read(UnitSources sources) {
        String text = TEXTS.get(sources.unit().id());
        return text == null ? rest.read(unwanted(sources)) : made(text, sources, rest);
      }

      @Override
      public Install install(UnitName name, UnitSources sources) {
        return rest.install(name, sources);
      }
    };
  }

  private static UnitSources unwanted(UnitSources sources) {
    var wants = sources.dependencies().getOrDefault(Relation.WANTS, Set.of());
    if (Collections.disjoint(wants, TEXTS.keySet())) {
      return sources;
    }
    var rest = new HashSet<>(wants);
    rest.removeAll(TEXTS.keySet());
    var dependencies = new HashMap<>(sources.dependencies());
    dependencies.put(Relation.WANTS, rest);
    return sources.withDependencies(dependencies);
  }

  private static Unit made(String text, UnitSources sources, UnitReader reader) {
    var id = sources.unit().id();
    var file = new SourceFile(UnitFile.read(id.toString(), text.getBytes(UTF_8)), 0, 0);
    var own =
        new UnitSources(
            sources.unit(),
            LoadState.LOADED,
            Optional.of(file),
            List.of(),
            sources.dependencies(),
            List.of());
    String path = sources.unit().entry().map(Listed::path).orElse(null);
    return reader.read(own).withOrigin(new Origin(LoadState.LOADED, "", path, List.of(), null));
  }

  /** Whether a unit is one of them. */
  static boolean isBus(UnitName unit) {
    return TEXTS.containsKey(unit);
  }

  /** Lets the engine carry them out. */
  public static void addTo(Engine engine, SessionBuses buses, Activated activated, Turns turns) {
    var named = new NamedServices(engine.manager(), turns);
    Runnable ended =
        () -> {
          activated.end();
          named.stop();
        };
    for (var unit : TEXTS.keySet()) {
      Runnable stopped = unit.type() == UnitType.SERVICE ? ended : () -> {};
      engine.control(unit, (_, reports) -> new BusController(unit, buses, stopped, reports));
    }
  }
}
