package org.usersvc.systemd.manage;

import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitRecord;

/**
 * What has become of a unit so far, besides what its controller knows. Immutable.
 *
 * @param invocation as {@link UnitRecord#invocation}
 * @param startsBegan when the first start was that counts for the limit, by the monotonic clock
 * @param starts how many starts count
 */
public record UnitHistory(String invocation, Stamps stamps, long startsBegan, int starts) {}
