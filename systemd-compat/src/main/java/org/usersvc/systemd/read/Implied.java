package org.usersvc.systemd.read;

import java.util.List;
import java.util.Optional;
import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.syntax.UnitEscape;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.NoSettings;
import org.usersvc.systemd.unit.PathSettings;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.ScopeSettings;
import org.usersvc.systemd.unit.ServiceType;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.SliceSettings;
import org.usersvc.systemd.unit.SocketSettings;
import org.usersvc.systemd.unit.TargetSettings;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.Unit;

/**
 * The dependencies that units have without a word about them in their files.
 *
 * <p>Source: the sections "Automatic Dependencies" of systemd.service(5), systemd.socket(5) and the
 * others; for managers of users, {@code basic.target} stands for {@code sysinit.target}.
 */
public final class Implied {
  private static final UnitName BASIC = UnitName.of("basic.target");
  private static final UnitName SHUTDOWN = UnitName.of("shutdown.target");
  private static final UnitName DBUS = UnitName.of("dbus.socket");
  private static final UnitName ROOT_SLICE = UnitName.of("-.slice");
  private static final UnitName APP_SLICE = UnitName.of("app.slice");

  /** By these a target waits for what it pulls in. */
  public static final List<Relation> WAITED_FOR =
      List.of(
          Relation.REQUIRES,
          Relation.REQUISITE,
          Relation.WANTS,
          Relation.BINDS_TO,
          Relation.PART_OF,
          Relation.UPHOLDS);

  private Implied() {}

  /** Adds what a unit's type and settings imply. */
  static void add(UnitName unit, Settings settings, boolean hasDefaults, Dependencies to) {
    addByType(settings, to);
    if (isInSlice(unit.type())) {
      addSlice(unit, to);
    }
    if (hasDefaults && !unit.equals(ROOT_SLICE)) { // the root is there to the end
      addDefaults(unit.type(), to);
    }
  }

  private static void addByType(Settings settings, Dependencies to) {
    switch (settings) {
      case Settings.Service service -> {
        if (service.own().type() == ServiceType.DBUS) {
          to.add(DBUS, Relation.REQUIRES, Relation.AFTER);
        }
      }
      case SocketSettings socket -> {
        if (!socket.acceptsConnections()) {
          to.add(socket.service(), Relation.BEFORE, Relation.TRIGGERS);
        }
      }
      case TimerSettings timer -> to.add(timer.unit(), Relation.BEFORE, Relation.TRIGGERS);
      case PathSettings path -> to.add(path.unit(), Relation.BEFORE, Relation.TRIGGERS);
      case NoSettings _, ScopeSettings _, SliceSettings _, TargetSettings _ -> {}
    }
  }

  private static boolean isInSlice(UnitType type) {
    return switch (type) {
      case SERVICE, SOCKET, SCOPE, SLICE -> true;
      case TARGET, TIMER, PATH, DEVICE, MOUNT, AUTOMOUNT, SWAP -> false;
    };
  }

  /** A unit is in one slice, which has to be there before it: the written one or the usual one. */
  private static void addSlice(UnitName unit, Dependencies to) {
    if (unit.type() == UnitType.SLICE) {
      parent(unit).ifPresent(slice -> to.replace(Relation.SLICE, slice));
    } else if (to.of(Relation.SLICE).isEmpty()) {
      to.add(Relation.SLICE, usualSlice(unit));
    }
    for (var slice : to.of(Relation.SLICE)) {
      to.add(slice, Relation.REQUIRES, Relation.AFTER);
    }
  }

  /** Instances of a template have a slice together: systemd.resource-control(5), {@code Slice=}. */
  private static UnitName usualSlice(UnitName unit) {
    return unit.isInstance()
        ? UnitName.parse("app-" + UnitEscape.escape(unit.prefix()) + ".slice").orElse(APP_SLICE)
        : APP_SLICE;
  }

  /** The slice around a slice: {@code a.slice} around {@code a-b.slice}; empty for the root. */
  private static Optional<UnitName> parent(UnitName slice) {
    if (slice.equals(ROOT_SLICE)) {
      return Optional.empty();
    }
    int dash = slice.prefix().lastIndexOf('-');
    return Optional.of(
        dash <= 0 ? ROOT_SLICE : UnitName.of(slice.prefix().substring(0, dash) + ".slice"));
  }

  private static void addDefaults(UnitType type, Dependencies to) {
    switch (type) {
      case SERVICE -> to.add(BASIC, Relation.REQUIRES, Relation.AFTER);
      case SOCKET -> to.add(UnitName.of("sockets.target"), Relation.BEFORE);
      case TIMER -> to.add(UnitName.of("timers.target"), Relation.BEFORE);
      case PATH -> to.add(UnitName.of("paths.target"), Relation.BEFORE);
      case TARGET, SLICE, SCOPE, DEVICE, MOUNT, AUTOMOUNT, SWAP -> {}
    }
    to.add(SHUTDOWN, Relation.CONFLICTS, Relation.BEFORE);
  }

  /**
   * Whether a unit waits for another one that it pulls in: a target does. Its own {@code Before=}
   * goes first, and so do default dependencies that one of the two does without.
   *
   * @param unit a loaded unit; one that is no target waits for nothing
   * @param pulled a loaded unit that it has in a relation of {@link #WAITED_FOR}
   */
  public static boolean waits(Unit unit, Unit pulled) {
    return unit.type() == UnitType.TARGET
        && unit.flags().defaultDependencies()
        && pulled.flags().defaultDependencies()
        && !isBefore(unit, pulled);
  }

  /** Whether one of the two says that the target starts first. */
  private static boolean isBefore(Unit target, Unit other) {
    return other.names().stream().anyMatch(target.dependencies(Relation.BEFORE)::contains)
        || target.names().stream().anyMatch(other.dependencies(Relation.AFTER)::contains);
  }
}
