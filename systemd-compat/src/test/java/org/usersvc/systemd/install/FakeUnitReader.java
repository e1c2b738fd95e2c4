package org.usersvc.systemd.install;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Install;
import org.usersvc.systemd.unit.Unit;

/** Understands {@code [Install]} with names and {@code %i} only. */
final class FakeUnitReader implements UnitReader {
  @Override
  public Unit read(UnitSources sources) {
    return Unit.of(sources.unit().id(), sources.state());
  }

  @Override
  public Install install(UnitName name, UnitSources sources) {
    return new Install(
        names("WantedBy", name, sources),
        names("RequiredBy", name, sources),
        names("UpheldBy", name, sources),
        names("Also", name, sources),
        names("Alias", name, sources),
        String.join("", values("DefaultInstance", name, sources)));
  }

  private static List<UnitName> names(String key, UnitName name, UnitSources sources) {
    return values(key, name, sources).stream().map(UnitName::of).toList();
  }

  private static List<String> values(String key, UnitName name, UnitSources sources) {
    var values = new ArrayList<String>();
    for (var file : sources.files()) {
      for (var entry : file.entries()) {
        if (entry.section().equals("Install") && entry.key().equals(key)) {
          values.addAll(List.of(entry.value().replace("%i", name.instance()).split(" ")));
        }
      }
    }
    return values;
  }
}
