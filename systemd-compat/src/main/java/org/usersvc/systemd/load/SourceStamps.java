package org.usersvc.systemd.load;

import java.util.List;
import java.util.Optional;

/**
 * Which files a unit was read from and when they were written, without their content. Immutable.
 *
 * @param unit its names and its entry
 * @param isMasked whether it was masked
 * @param fragment its main file, if that was read
 * @param dropIns the files that add to it, in the order in which they apply
 */
public record SourceStamps(
    Resolution unit, boolean isMasked, Optional<Stamp> fragment, List<Stamp> dropIns) {
  public SourceStamps {
    dropIns = List.copyOf(dropIns);
  }

  /**
   * A file.
   *
   * @param path its absolute path
   * @param written the last change of its content, in nanoseconds since 1970
   */
  public record Stamp(String path, long written) {}

  /** The paths of the drop-ins. */
  List<String> dropInPaths() {
    return dropIns.stream().map(Stamp::path).toList();
  }
}
