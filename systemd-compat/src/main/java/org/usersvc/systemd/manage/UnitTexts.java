package org.usersvc.systemd.manage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.ForeignUnits;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.Resolution;
import org.usersvc.systemd.load.SourceFile;
import org.usersvc.systemd.load.SourceStamps;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Unit;

/** The texts of units as they are on the disk. */
final class UnitTexts {
  /**
   * A unit and the files that it was made from. Immutable.
   *
   * @param weight about how many bytes of memory it takes
   * @param isForeign whether something else stands for the files
   */
  record Text(Unit unit, SourceStamps stamps, long weight, boolean isForeign) {}

  /** What a unit takes besides its text. */
  static final int OF_UNIT = 2048;

  /** What it takes that one unit names another one. */
  private static final int OF_DEPENDENCY = 512;

  private final UnitIndex index;
  private final Loader loader;
  private final UnitReader reader;
  private ForeignUnits foreign = ForeignUnits.NONE;

  /** What was read for known units, until they take it over. */
  private final Map<UnitName, Text> ahead = new HashMap<>();

  UnitTexts(UnitIndex index, Loader loader, UnitReader reader) {
    this.index = index;
    this.loader = loader;
    this.reader = reader;
  }

  void foreign(ForeignUnits units) {
    foreign = units;
  }

  /** Looks which files there are; true if others are there than before. */
  boolean refresh() {
    boolean isChanged = index.refresh();
    if (isChanged) {
      endAhead();
    }
    return isChanged;
  }

  /** The main name of the unit that a name means. */
  UnitName id(UnitName name) {
    return foreign.text(name).isPresent() ? name : index.resolve(name).id();
  }

  /** Whether there is a file or link of this name, or of its template. */
  boolean exists(UnitName name) {
    return foreign.text(name).isPresent() || index.isThere(name);
  }

  Text read(UnitName id) {
    var kept = forgetAhead(id);
    return kept == null ? readFiles(id) : kept;
  }

  /**
   * Keeps the text of a unit for the next {@link #read}.
   *
   * @return the units that it names
   */
  Collection<UnitName> readAhead(UnitName id) {
    var text = readFiles(id);
    ahead.put(id, text);
    return text.unit().dependencies().values().stream().flatMap(Set::stream).toList();
  }

  /** Keeps the text no longer. */
  @Nullable Text forgetAhead(UnitName id) {
    return ahead.remove(id);
  }

  void endAhead() {
    ahead.clear();
  }

  private Text readFiles(UnitName id) {
    var other = foreign.text(id);
    var sources = other.map(text -> sources(id, text)).orElseGet(() -> loader.load(id));
    return text(sources, other.isPresent());
  }

  /** The same for a unit that is not read, though there may be files. */
  Text unread(UnitName id, String why) {
    var unit = Resolution.of(id, false);
    return text(
        new UnitSources(unit, LoadState.ERROR, Optional.empty(), List.of(), Map.of(), List.of(why)),
        false);
  }

  private Text text(UnitSources sources, boolean isForeign) {
    var unit = reader.read(sources);
    int others = unit.dependencies().values().stream().mapToInt(Set::size).sum();
    long weight = OF_UNIT + sources.weight() + (long) OF_DEPENDENCY * others;
    return new Text(unit, sources.stamps(), weight, isForeign);
  }

  private static UnitSources sources(UnitName id, ForeignUnits.Text text) {
    var names = new LinkedHashSet<>(List.of(id));
    var file = UnitFile.read(text.path(), text.content().getBytes(UTF_8));
    return new UnitSources(
        new Resolution(id, names, Optional.empty(), false),
        LoadState.LOADED,
        Optional.of(new SourceFile(file, text.content().length(), 0)),
        List.of(),
        Map.of(),
        List.of());
  }

  boolean isStale(Text text) {
    return !text.isForeign() && loader.isStale(text.stamps());
  }

  private String transientDirectory() {
    return index.path().transientUnits();
  }

  /** The file of a unit, if it is a transient one. */
  Optional<String> transientFile(UnitName id) {
    return index
        .resolve(id)
        .entry()
        .filter(entry -> entry.directory().path().equals(transientDirectory()))
        .map(entry -> entry.path());
  }
}
