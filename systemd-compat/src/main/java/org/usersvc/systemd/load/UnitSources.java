package org.usersvc.systemd.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;

/**
 * All that the search path says about one unit, not understood yet. Immutable.
 *
 * @param unit its names and its entry
 * @param state LOADED if its main file was read, else NOT_FOUND, MASKED or ERROR
 * @param fragment its main file; empty if the state is not LOADED
 * @param dropIns the files that add to it, in the order in which they apply; also for a unit
 *     without a main file, but not for a masked one
 * @param dependencies what links in {@code .wants} directories and the like add
 * @param problems one line each, with the path; the first one says why the unit was not read
 */
public record UnitSources(
    Resolution unit,
    LoadState state,
    Optional<SourceFile> fragment,
    List<SourceFile> dropIns,
    Map<Relation, Set<UnitName>> dependencies,
    List<String> problems) {
  public UnitSources {
    dropIns = List.copyOf(dropIns);
    dependencies = Map.copyOf(dependencies);
    problems = List.copyOf(problems);
  }

  /** All files in the order in which they apply: the main one, if it was read, first. */
  public List<UnitFile> files() {
    return Stream.concat(fragment.stream(), dropIns.stream()).map(SourceFile::content).toList();
  }

  /** The same, but for these dependencies by links. */
  public UnitSources withDependencies(Map<Relation, Set<UnitName>> other) {
    return new UnitSources(unit, state, fragment, dropIns, other, problems);
  }

  /** About how many bytes of memory the unit takes. */
  public long weight() {
    return Stream.concat(fragment.stream(), dropIns.stream()).mapToLong(SourceFile::weight).sum();
  }

  /** What is kept of them when the unit has been understood. */
  public SourceStamps stamps() {
    return new SourceStamps(
        unit,
        state == LoadState.MASKED,
        fragment.map(SourceFile::stamp),
        dropIns.stream().map(SourceFile::stamp).toList());
  }

  /** The paths of the drop-ins. */
  public List<String> dropInPaths() {
    return dropIns.stream().map(SourceFile::path).toList();
  }
}
