package org.usersvc.systemd.face;

import java.util.Collection;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/**
 * What the objects stand on. <b>Loop thread only.</b>
 *
 * @param related the units that have a relation, whichever file says it
 * @param fileState whether a unit is enabled, as the word of D-Bus; empty without a file
 * @param members the living processes of units
 * @param holds what callers keep
 */
public record Ground(
    Manager manager,
    BiFunction<UnitName, Relation, Collection<UnitName>> related,
    Function<UnitName, String> fileState,
    Members members,
    Holds holds) {}
