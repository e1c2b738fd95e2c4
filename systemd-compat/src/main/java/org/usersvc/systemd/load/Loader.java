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
  public static final int MOST_DROP_INS = 1000;

  /** The drop-ins of a unit have so many bytes together at most; the others are ignored. */
  public static final long MOST_BYTES = 16L << 20;

  /** The files of a unit weigh so much together at most ({@link SourceFile#weight}). */
  public static final long MOST_WEIGHT = 8L << 20;

  private final UnitIndex index;
  private final UnitText text;
  private final DropIns dropIns;
  private final KeptTexts kept;
  private final DependencyLinks links;

  public Loader(FileSystem files, UnitIndex index) {
    this.index = index;
    this.text = new UnitText(files);
    this.dropIns = new DropIns(files, index);
    this.kept = new KeptTexts(text, index);
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
    var fragment = entry.flatMap(found -> readLight(found.path(), problems));
    return sources(unit, kind != UnitText.Kind.MISSING, fragment, problems);
  }

  private UnitSources sources(
      Resolution unit, boolean isThere, Optional<SourceFile> fragment, List<String> problems) {
    if (!isThere) {
      problems.addAll(index.unknown());
    }
    long left = MOST_WEIGHT - fragment.map(SourceFile::weight).orElse(0L);
    return new UnitSources(
        unit,
        state(isThere, fragment.isPresent()),
        fragment,
        readAll(dropIns.of(unit, problems), left, problems),
        links.of(unit, problems),
        problems);
  }

  /** The same for a file outside of the search path, under a name that is not in it. */
  public UnitSources loadFrom(UnitName name, String path) {
    var unit = Resolution.of(name, false);
    var problems = new ArrayList<String>();
    return sources(unit, true, readLight(path, problems), problems);
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

  private Optional<SourceFile> read(String path, UnitText.Seen seen, List<String> problems) {
    try {
      return Optional.of(kept.read(path, seen));
    } catch (UnreadableException unreadable) {
      problems.add(String.valueOf(unreadable.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<SourceFile> readLight(String path, List<String> problems) {
    try {
      var source = text.read(path);
      if (source.weight() <= MOST_WEIGHT) {
        return Optional.of(source);
      }
      problems.add(path + ": the file has too many words; shorten it");
    } catch (UnreadableException unreadable) {
      problems.add(String.valueOf(unreadable.getMessage()));
    }
    return Optional.empty();
  }

  private List<SourceFile> readAll(List<String> paths, long most, List<String> problems) {
    var sources = new ArrayList<SourceFile>();
    long weight = 0;
    long bytes = 0;
    for (String path : paths) {
      var seen = text.look(path);
      if (text.isMask(path, seen)) {
        continue;
      }
      var source = read(path, seen, problems);
      weight += source.map(SourceFile::weight).orElse(0L);
      bytes += source.map(SourceFile::size).orElse(0L);
      if (sources.size() == MOST_DROP_INS || weight > most || bytes > MOST_BYTES) {
        problems.add(path + ": the unit has too many drop-ins; this and the next are ignored");
        break;
      }
      source.ifPresent(sources::add);
    }
    return sources;
  }

  /** Whether files of a unit are others now than when it was loaded, or were changed since. */
  public boolean isStale(SourceStamps loaded) {
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
        || isMasked != loaded.isMasked()
        || (!isMasked && !readable(now).equals(loaded.dropInPaths()));
  }

  private List<String> readable(Resolution unit) {
    return dropIns.of(unit, new ArrayList<>()).stream()
        .filter(path -> !text.isMask(path))
        .limit(MOST_DROP_INS)
        .toList();
  }
}
