package org.usersvc.systemd.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;

/**
 * Reads all files of a unit. Which there are, it knows from the index; {@link UnitIndex#refresh}
 * comes first where a new file has to be seen. <b>Loop thread only.</b>
 */
public final class Loader {
  /** A unit has so many drop-ins at most; the others are ignored. */
  public static final int MOST_DROP_INS = 20_000;

  /** The drop-ins of a unit have so many bytes together at most; the others are ignored. */
  public static final long MOST_BYTES = 16L << 20;

  private final UnitIndex index;
  private final UnitText text;
  private final DropIns dropIns;
  private final DependencyLinks links;

  public Loader(FileSystem files, UnitIndex index) {
    this.index = index;
    this.text = new UnitText(files);
    this.dropIns = new DropIns(files, text, index);
    this.links = new DependencyLinks(files, text, index);
  }

  /** All that there is for a name or an alias. Never fails: the state says what is wrong. */
  public UnitSources load(UnitName name) {
    var unit = index.resolve(name);
    var problems = new ArrayList<String>();
    if (unit.isLoop()) {
      problems.add(name + ": its aliases lead in a circle");
      return without(unit, LoadState.NOT_FOUND, problems);
    }
    var entry = unit.entry();
    var kind = entry.map(this::kind).orElse(UnitText.Kind.MISSING);
    if (kind == UnitText.Kind.MASK) {
      return without(unit, LoadState.MASKED, problems);
    }
    var fragment = entry.flatMap(found -> read(found.path(), problems));
    return new UnitSources(
        unit,
        state(kind != UnitText.Kind.MISSING, fragment.isPresent()),
        fragment,
        readAll(dropIns.of(unit, problems), problems),
        links.of(unit, problems),
        problems);
  }

  /** The same for a file outside of the search path, under a name that is not in it. */
  public UnitSources loadFrom(UnitName name, String path) {
    var unit = Resolution.of(name, false);
    var problems = new ArrayList<String>();
    var fragment = read(path, problems);
    return new UnitSources(
        unit,
        state(true, fragment.isPresent()),
        fragment,
        readAll(dropIns.of(unit, problems), problems),
        links.of(unit, problems),
        problems);
  }

  private UnitText.Kind kind(Listed entry) {
    return entry.isMask() ? UnitText.Kind.MASK : text.look(entry.path()).kind();
  }

  private static LoadState state(boolean isThere, boolean isRead) {
    if (isRead) {
      return LoadState.LOADED;
    }
    return isThere ? LoadState.ERROR : LoadState.NOT_FOUND;
  }

  private static UnitSources without(Resolution unit, LoadState state, List<String> problems) {
    return new UnitSources(unit, state, Optional.empty(), List.of(), Map.of(), problems);
  }

  private Optional<SourceFile> read(String path, List<String> problems) {
    try {
      return Optional.of(text.read(path));
    } catch (UnreadableException unreadable) {
      problems.add(String.valueOf(unreadable.getMessage()));
      return Optional.empty();
    }
  }

  private List<SourceFile> readAll(List<String> paths, List<String> problems) {
    var sources = new ArrayList<SourceFile>();
    long left = MOST_BYTES;
    for (String path : paths) {
      if (sources.size() == MOST_DROP_INS || left <= 0) {
        problems.add(path + ": the unit has too many drop-ins; this and the next are ignored");
        break;
      }
      var source = read(path, problems);
      source.ifPresent(sources::add);
      left -= source.map(SourceFile::size).orElse(0L);
    }
    return sources;
  }

  /** Whether files of a unit are others now than when it was loaded, or were changed since. */
  public boolean isStale(UnitSources loaded) {
    var now = index.resolve(loaded.unit().id());
    if (!now.equals(loaded.unit())) {
      return true;
    }
    var files = new ArrayList<>(loaded.dropIns());
    loaded.fragment().ifPresent(files::add);
    boolean isWritten =
        files.stream().anyMatch(file -> text.look(file.path()).written() != file.written());
    boolean isMasked = now.entry().filter(found -> kind(found) == UnitText.Kind.MASK).isPresent();
    return isWritten
        || isMasked != (loaded.state() == LoadState.MASKED)
        || (!isMasked && !dropIns.of(now, new ArrayList<>()).equals(loaded.dropInPaths()));
  }
}
