package org.usersvc.systemd.engine;

import java.util.Optional;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Unit;

/** The texts of units as they are on the disk. */
final class UnitTexts {
  /** A unit and the files that it was made from. Immutable. */
  record Text(Unit unit, UnitSources sources) {}

  private final UnitIndex index;
  private final Loader loader;
  private final UnitReader reader;

  UnitTexts(UnitIndex index, Loader loader, UnitReader reader) {
    this.index = index;
    this.loader = loader;
    this.reader = reader;
  }

  /** Looks which files there are; true if others are there than before. */
  boolean refresh() {
    return index.refresh();
  }

  /** The main name of the unit that a name means. */
  UnitName id(UnitName name) {
    return index.resolve(name).id();
  }

  /** Whether there is a file of this name. */
  boolean exists(UnitName name) {
    return index.resolve(name).entry().isPresent();
  }

  Text read(UnitName id) {
    var sources = loader.load(id);
    return new Text(reader.read(sources), sources);
  }

  boolean isStale(Text text) {
    return loader.isStale(text.sources());
  }

  /** The directory for the files of transient units. */
  String transientDirectory() {
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
