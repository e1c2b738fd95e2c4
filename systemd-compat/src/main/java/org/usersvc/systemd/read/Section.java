package org.usersvc.systemd.read;

import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.directive.Part;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.SliceSettings;
import org.usersvc.systemd.unit.TargetSettings;

/** The section that only units of one type have. It lives as long as one unit is read. */
interface Section {
  /** Its groups of directives. */
  List<Part> parts();

  /** What its values have made, with all defaults; called once, after the last value. */
  Settings settings(Rest rest);

  /**
   * What settings depend on besides.
   *
   * @param unit the unit's name
   * @param dependencies takes the units that the section names, or implies
   * @param successAction what the unit does when it has ended well; {@code none}: nothing
   * @param flaws takes what is wrong with the section as a whole
   */
  record Rest(
      UnitName unit, Dependencies dependencies, String successAction, Consumer<Flaw> flaws) {}

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
  record Plain(Settings all) implements Section {
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
