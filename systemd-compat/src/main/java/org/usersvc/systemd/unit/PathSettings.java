package org.usersvc.systemd.unit;

import java.util.List;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The section {@code [Path]}. Immutable.
 *
 * @param watches what is watched; one of them is enough
 * @param unit the unit that it starts
 * @param makesDirectory whether watched directories are made first
 * @param directoryMode the mode of these, 0 to 07777
 * @param triggerLimit how often it may start its unit
 */
public record PathSettings(
    List<Watch> watches,
    UnitName unit,
    boolean makesDirectory,
    int directoryMode,
    StartLimit triggerLimit)
    implements Settings {
  public PathSettings {
    watches = List.copyOf(watches);
  }

  /**
   * One watched path. Immutable.
   *
   * @param kind what makes it start the unit
   * @param path an absolute path, or for {@link WatchKind#EXISTS_GLOB} a pattern of such
   */
  public record Watch(WatchKind kind, String path) {}

  /** What about a path makes its unit start. */
  public enum WatchKind {
    EXISTS,
    EXISTS_GLOB,
    /** It was changed and closed. */
    CHANGED,
    /** It was written to, closed or not. */
    MODIFIED,
    DIRECTORY_NOT_EMPTY
  }
}
