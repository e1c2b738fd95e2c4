package org.usersvc.systemd.command;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.extension.Host;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitRecord;

/**
 * What the commands stand on. <b>Loop thread only.</b>
 *
 * @param manager there from the first call on
 * @param object the manager as D-Bus has it
 * @param objects the interfaces of a unit as D-Bus has them
 */
public record Place(
    Host host,
    Supplier<Manager> manager,
    Served object,
    Function<UnitRecord, List<Served>> objects,
    Waits waits) {}
