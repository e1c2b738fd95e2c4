package org.usersvc.systemd.face;

import java.util.function.Function;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.syntax.UnitName;

/**
 * What the objects stand on. <b>Loop thread only.</b>
 *
 * @param fileState whether a unit is enabled, as the word of D-Bus; empty without a file
 * @param members the living processes of units
 * @param holds what callers keep
 * @param startup when the manager was started
 */
public record Ground(
    Manager manager,
    Function<UnitName, String> fileState,
    Members members,
    Holds holds,
    Stamps.Stamp startup) {}
