/// What starts services beside commands, at run time: the times of `schedule`, and the changes of
/// the paths of `watch`. It knows a service as `Subject`, which decides what a start means.
///
/// 1. `Timetable` asks `schedule/Schedule` for the next time and sets one alarm by the clock of the
///    day, which also rings if somebody sets that clock. Nothing is woken in between. Each time is
///    dealt with once: the service is started, or the time is skipped.
/// 2. What has happened is written into a file for each service (`Stamp`), so that the next daemon
///    goes on from there, also after the machine was off.
/// 3. `WatchedPaths` follows each path with a `scan/PathWatch`, and waits until changes have ceased
///    for a moment.
@NullMarked
package org.usersvc.daemon.trigger;

import org.jspecify.annotations.NullMarked;
