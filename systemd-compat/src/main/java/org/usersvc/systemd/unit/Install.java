package org.usersvc.systemd.unit;

import java.util.List;
import org.usersvc.systemd.syntax.UnitName;

/**
 * What enabling a unit does: the section {@code [Install]}. Immutable.
 *
 * @param wantedBy the units whose {@code .wants/} gets a link
 * @param requiredBy those whose {@code .requires/} gets one
 * @param upheldBy those whose {@code .upholds/} gets one
 * @param also the units that are enabled and disabled together with this one
 * @param alias further names
 * @param defaultInstance the instance that enabling a template enables; empty: none
 */
public record Install(
    List<UnitName> wantedBy,
    List<UnitName> requiredBy,
    List<UnitName> upheldBy,
    List<UnitName> also,
    List<UnitName> alias,
    String defaultInstance) {
  /** Of a unit that cannot be enabled. */
  public static final Install NONE =
      new Install(List.of(), List.of(), List.of(), List.of(), List.of(), "");

  public Install {
    wantedBy = List.copyOf(wantedBy);
    requiredBy = List.copyOf(requiredBy);
    upheldBy = List.copyOf(upheldBy);
    also = List.copyOf(also);
    alias = List.copyOf(alias);
  }

  /** Whether the unit has no such section: it is {@code static}. */
  public boolean isEmpty() {
    return equals(NONE);
  }
}
