package org.usersvc.daemon.trigger;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.DayAlarm;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.WatchTable;
import org.usersvc.daemon.schedule.Moment;

/** What the triggers of all services share. <b>Loop thread only.</b> */
public final class Timekeeper {
  private final Platform platform;
  private final WatchTable watchTable;
  private final Memory memory;
  private final LocalZone zone;
  private final long begun;

  /**
   * The daemon begins now.
   *
   * @param zone the value of TZ, null if it is not set
   */
  public Timekeeper(
      Platform platform, WatchTable watchTable, Memory memory, Supplier<@Nullable String> zone) {
    this.platform = platform;
    this.watchTable = watchTable;
    this.memory = memory;
    this.zone = new LocalZone(platform, watchTable, zone);
    this.begun = memory.elapsed().getAsLong();
  }

  /** The times of a service. */
  public Timetable timetable(Subject subject) {
    var stamp = new Stamp(platform, memory.directory(), subject);
    return new Timetable(this, subject, stamp);
  }

  /** The watched paths of a service. */
  public WatchedPaths paths(Subject subject) {
    return new WatchedPaths(platform, watchTable, subject);
  }

  /** The variable TZ may have changed. */
  public void environmentChanged() {
    zone.look();
  }

  Moment now() {
    return new Moment(platform.loop().clock().wall(), memory.elapsed().getAsLong());
  }

  /** When the daemon has begun, in nanoseconds since the machine's start. */
  long begun() {
    return begun;
  }

  LocalZone zone() {
    return zone;
  }

  DayAlarm alarm() {
    return platform.loop().days().make();
  }

  void say(String line) {
    platform.messages().info(line);
  }
}
