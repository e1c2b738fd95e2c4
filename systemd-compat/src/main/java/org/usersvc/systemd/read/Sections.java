package org.usersvc.systemd.read;

import java.util.List;
import java.util.Optional;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.SliceSettings;
import org.usersvc.systemd.unit.TargetSettings;

/** Which type of unit has which section. */
final class Sections {
  private Sections() {}

  /** The section of a type; empty if users have no units of that type. */
  static Optional<Section> of(UnitType type) {
    return switch (type) {
      case SERVICE -> Optional.of(new ServiceSection());
      case SOCKET -> Optional.of(new SocketSection());
      case TIMER -> Optional.of(new TimerSection());
      case PATH -> Optional.of(new PathSection());
      case SCOPE -> Optional.of(new ScopeSection());
      case SLICE -> Optional.of(new Plain(new SliceSettings()));
      case TARGET -> Optional.of(new Plain(new TargetSettings()));
      case DEVICE, MOUNT, AUTOMOUNT, SWAP -> Optional.empty();
    };
  }

  /** The name of a type's section, such as {@code Service}. */
  static String name(UnitType type) {
    return Character.toUpperCase(type.suffix().charAt(0)) + type.suffix().substring(1);
  }

  /** A section of which nothing is carried out. */
  private record Plain(Settings all) implements Section {
    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public Settings settings(Rest rest) {
      return all;
    }
  }
}
