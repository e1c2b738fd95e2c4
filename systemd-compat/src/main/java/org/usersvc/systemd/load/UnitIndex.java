package org.usersvc.systemd.load;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The names of units in the search path. It is as current as its last {@link #refresh}, which looks
 * at each directory once, and reads only those that have changed. <b>Loop thread only.</b>
 */
public final class UnitIndex {
  /** So many names are known at most; each directory may have half of those that are left. */
  static final int MOST_NAMES = 30_000;

  private final FileSystem files;
  private final UnitPath path;
  private final InstantSource clock;
  private List<DirectoryScan> scans = List.of();
  private NameTable names;

  /** The names of all directories beside units, whichever search directory they are in. */
  private final Set<String> companions = new HashSet<>();

  /** The ends of these names, from their last dot on. */
  private final Set<String> suffixes = new HashSet<>();

  private List<String> problems = List.of();

  /**
   * An index that knows nothing before its first {@link #refresh}.
   *
   * @param clock shows whether a directory may have changed within one tick of the kernel's clock
   */
  public UnitIndex(FileSystem files, UnitPath path, InstantSource clock) {
    this.files = files;
    this.path = path;
    this.clock = clock;
    this.names = new NameTable(List.of(), new LinkTargets(files, List.of()));
  }

  /** Reads what has changed; true if anything may have. */
  public boolean refresh() {
    var faults = new ArrayList<String>();
    var fresh = new ArrayList<DirectoryScan>();
    boolean isChanged = scans.isEmpty();
    int room = MOST_NAMES;
    for (int i = 0; i < path.directories().size(); i++) {
      var scan = scans.isEmpty() ? null : scans.get(i);
      try {
        if (scan == null || !scan.isCurrent(files) || (isChanged && !scan.isWhole())) {
          scan = DirectoryScan.of(files, path.directories().get(i), clock, scan, room / 2);
          isChanged = true;
        }
      } catch (FileFault fault) {
        faults.add(String.valueOf(fault.getMessage()));
        isChanged |= scan == null || scan.stat() != null;
        scan = DirectoryScan.unreadable(path.directories().get(i));
      }
      room -= scan.size();
      fresh.add(scan);
    }
    if (isChanged) {
      adopt(fresh, faults);
    }
    return isChanged;
  }

  /** What the manager does with the file of one transient unit. */
  @FunctionalInterface
  public interface Change {
    /** Writes or removes it. */
    void make() throws FileFault;
  }

  /**
   * Changes the file of a transient unit. The next {@link #refresh} need not look at those of all
   * others for that.
   */
  public void change(UnitName unit, Change change) throws FileFault {
    for (int i = 0; i < scans.size(); i++) {
      if (DirectoryScan.isOwn(scans.get(i).directory()) && scans.get(i).isCurrent(files)) {
        change.make();
        follow(i, unit);
        return;
      }
    }
    change.make();
  }

  /** What cannot be followed shows in the time stamp of the directory. */
  private void follow(int own, UnitName unit) throws FileFault {
    var scan = scans.get(own);
    var file = new Listed(unit, scan.directory(), null);
    if (scan.stat() == null) {
      return;
    }
    boolean isThere = files.linkStat(FileSystem.ABSOLUTE, file.path()) != null;
    if (isThere && names.add(file)) {
      scans.set(own, scan.with(file, files));
    } else if (!isThere && isAlone(own, unit) && names.remove(file)) {
      scans.set(own, scan.without(file, files));
    }
  }

  /** Whether no other directory has anything of that unit, and this one nothing but its file. */
  private boolean isAlone(int own, UnitName unit) {
    for (int i = 0; i < scans.size(); i++) {
      var scan = scans.get(i);
      if (i == own ? scan.companions().contains(unit + ".d") : scan.has(unit)) {
        return false;
      }
    }
    return true;
  }

  private void adopt(List<DirectoryScan> fresh, List<String> faults) {
    scans = fresh;
    companions.clear();
    fresh.forEach(scan -> companions.addAll(scan.companions()));
    suffixes.clear();
    companions.forEach(name -> suffixes.add(name.substring(name.lastIndexOf('.'))));
    var listed = fresh.stream().flatMap(scan -> scan.units().stream()).toList();
    names = new NameTable(listed, new LinkTargets(files, fresh));
    faults.addAll(names.problems());
    problems = List.copyOf(faults);
  }

  /**
   * Whether a later change of a file or directory will show in its time stamp.
   *
   * @param changed its last change in nanoseconds since 1970
   */
  boolean isSettled(long changed) {
    return DirectoryScan.isSettled(changed, clock);
  }

  /** The search path. */
  public UnitPath path() {
    return path;
  }

  /** Which unit a name means; a name without any file means itself. */
  public Resolution resolve(UnitName name) {
    return names.resolve(name);
  }

  /** The entry of the highest priority with this very name. */
  public Optional<UnitEntry> entry(UnitName name) {
    return names.literal(name);
  }

  /** Whether there is an entry with this very name, or with that of its template. */
  public boolean isThere(UnitName name) {
    return names.literal(name).isPresent()
        || (name.isInstance() && names.literal(name.template()).isPresent());
  }

  /** All names that have an entry, each with the one of the highest priority. */
  public SortedMap<UnitName, UnitEntry> entries() {
    return names.entries();
  }

  /** Directories that cannot be read and links that break the rules of aliases. */
  public List<String> problems() {
    return problems;
  }

  /** Why a unit may not be found although it has a file: a line for each directory. */
  List<String> unknown() {
    return scans.stream()
        .filter(scan -> !scan.isWhole())
        .map(scan ->
            scan.directory().path() + ": this directory has too many names; not all are known")
        .toList();
  }

  /** Whether any unit has a directory beside it whose name ends so, such as {@code .d}. */
  boolean hasCompanions(String suffix) {
    return suffixes.contains(suffix);
  }

  /**
   * The directories beside units that exist, the highest priority first.
   *
   * @param names such as {@code a.service.d}, those of the same priority in order
   */
  List<String> companions(List<String> names) {
    var there = new ArrayList<>(names);
    there.retainAll(companions);
    if (there.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<String>();
    for (var scan : scans) {
      for (String name : there) {
        if (scan.companions().contains(name)) {
          found.add(scan.directory().path() + "/" + name);
        }
      }
    }
    return found;
  }

  /** The directories in which units are enabled: all {@code .wants} and the like. */
  public List<Hooks> hooks() {
    var found = new ArrayList<Hooks>();
    for (var scan : scans) {
      for (String name : scan.companions()) {
        if (!name.endsWith(".d")) {
          found.add(new Hooks(scan.directory(), name));
        }
      }
    }
    return found;
  }

  /** All entries with names of units, those of hidden files too, in order of priority. */
  public List<Listed> listed() {
    return scans.stream().flatMap(scan -> scan.units().stream()).toList();
  }

  /**
   * A directory whose links add dependencies.
   *
   * @param name such as {@code a.target.wants}
   */
  public record Hooks(SearchDirectory directory, String name) {
    public String path() {
      return directory.path() + "/" + name;
    }
  }
}
