package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Install;

/** What enabling does: {@code [Install]}. An empty value forgets the names before it. */
final class InstallPart extends Part {
  static final String SECTION = "Install";

  private final List<UnitName> wantedBy = list("WantedBy");
  private final List<UnitName> requiredBy = list("RequiredBy");
  private final List<UnitName> upheldBy = list("UpheldBy");
  private final List<UnitName> also = list("Also");
  private final List<UnitName> alias = list("Alias");
  private String defaultInstance = "";

  InstallPart() {
    on("DefaultInstance", value -> defaultInstance = value.text());
  }

  private List<UnitName> list(String key) {
    var names = new ArrayList<UnitName>();
    on(
        key,
        value -> {
          if (value.isEmpty()) {
            names.clear();
          }
          names.addAll(value.unitNames());
        });
    return names;
  }

  Install install() {
    return new Install(wantedBy, requiredBy, upheldBy, also, alias, defaultInstance);
  }
}
