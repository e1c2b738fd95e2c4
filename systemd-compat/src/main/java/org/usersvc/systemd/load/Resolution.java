package org.usersvc.systemd.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Which unit a name means.
 *
 * @param id the main name
 * @param names all names, the main one first, the others in their order
 * @param entry the file; empty if there is none
 * @param isLoop whether the aliases lead in a circle, so that there is no main name
 */
public record Resolution(
    UnitName id, SequencedSet<UnitName> names, Optional<Listed> entry, boolean isLoop) {
  public Resolution {
    names = new LinkedHashSet<>(names);
  }

  /** A name of which nothing is known but itself. */
  public static Resolution of(UnitName name, boolean isLoop) {
    return new Resolution(name, new LinkedHashSet<>(List.of(name)), Optional.empty(), isLoop);
  }
}
