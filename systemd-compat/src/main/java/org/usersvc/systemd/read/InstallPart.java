package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Install;

/** What enabling does: {@code [Install]}. An empty value forgets the names before it. */
final class InstallPart implements Part {
  static final String SECTION = "Install";

  private final List<UnitName> wantedBy = new ArrayList<>();
  private final List<UnitName> requiredBy = new ArrayList<>();
  private final List<UnitName> upheldBy = new ArrayList<>();
  private final List<UnitName> also = new ArrayList<>();
  private final List<UnitName> alias = new ArrayList<>();
  private String defaultInstance = "";

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "WantedBy" -> add(wantedBy, value);
      case "RequiredBy" -> add(requiredBy, value);
      case "UpheldBy" -> add(upheldBy, value);
      case "Also" -> add(also, value);
      case "Alias" -> add(alias, value);
      case "DefaultInstance" -> defaultInstance = value.text();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void add(List<UnitName> names, Value value) {
    if (value.isEmpty()) {
      names.clear();
    }
    names.addAll(value.unitNames());
  }

  Install install() {
    return new Install(wantedBy, requiredBy, upheldBy, also, alias, defaultInstance);
  }
}
