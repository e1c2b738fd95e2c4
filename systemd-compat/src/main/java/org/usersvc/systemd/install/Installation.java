package org.usersvc.systemd.install;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NamePattern;
import org.usersvc.systemd.install.InstallException.Reason;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.UnitEntry;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitText;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.Relation;

/**
 * Enables, disables, masks and links units, for good or until the last logout. Each request looks
 * at the search path anew before and after. Units that are loaded learn of it by a reload. <b>Loop
 * thread only.</b>
 */
public final class Installation {
  /** The unit that is started for a user. */
  public static final String DEFAULT_TARGET = "default.target";

  private final UnitIndex index;
  private final Loader loader;
  private final UnitReader reader;
  private final UnitFiles units;
  private final Links links;
  private final Masking masking;
  private final Changing changing;

  /**
   * For the units of an index.
   *
   * @param loader of the same index
   * @param reader understands {@code [Install]}
   */
  public Installation(FileSystem files, UnitIndex index, Loader loader, UnitReader reader) {
    this.index = index;
    this.loader = loader;
    this.reader = reader;
    this.units = new UnitFiles(files, index, loader, reader);
    this.links = new Links(files, index);
    this.masking = new Masking(index, new UnitText(files), links);
    this.changing = new Changing(files);
  }

  /** A plan of changes. */
  private interface Plan {
    void add(List<Change> changes) throws InstallException;
  }

  private List<Change> change(Plan plan) throws InstallException {
    index.refresh();
    var changes = new ArrayList<Change>();
    plan.add(changes);
    changing.perform(changes);
    index.refresh();
    return List.copyOf(changes);
  }

  private String directory(boolean isRuntime) {
    return isRuntime ? index.path().runtime() : index.path().config();
  }

  private Enabling enabling(InstallOptions options, List<Change> changes) {
    String directory = directory(options.isRuntime());
    return new Enabling(units, links, directory, options.isForced(), changes);
  }

  /**
   * Makes the links that the sections {@code [Install]} of units ask for.
   *
   * @param names of units, or absolute paths of their files, which are linked first
   */
  public Outcome enable(List<String> names, InstallOptions options) throws InstallException {
    return enable(names, options, List.of());
  }

  private Outcome enable(List<String> names, InstallOptions options, List<Change> before)
      throws InstallException {
    boolean[] hasRules = new boolean[1];
    var changes =
        change(plan -> {
          plan.addAll(before);
          var enabling = enabling(options, plan);
          for (String name : names) {
            enabling.enable(name);
          }
          hasRules[0] = enabling.hasRules();
        });
    return new Outcome(hasRules[0], changes);
  }

  /** Removes all links to units, whoever made them. */
  public Outcome disable(List<String> names, boolean isRuntime) throws InstallException {
    boolean[] hasRules = new boolean[1];
    var changes =
        change(plan -> {
          var disabling = disabling(names, isRuntime);
          plan.addAll(disabling.changes());
          hasRules[0] = disabling.hasRules();
        });
    return new Outcome(hasRules[0], changes);
  }

  /** The links to a unit that {@link #disable} would remove; none to one that is not there. */
  public List<String> links(String name, boolean isRuntime) throws InstallException {
    index.refresh();
    if (!units.exists(UnitFiles.name(name))) {
      return List.of();
    }
    return disabling(List.of(name), isRuntime).changes().stream()
        .filter(change -> change.kind() == Change.Kind.UNLINK)
        .map(Change::path)
        .toList();
  }

  private Disabling disabling(List<String> names, boolean isRuntime) throws InstallException {
    var disabling = new Disabling(units, links, directory(isRuntime));
    for (String name : names) {
      disabling.disable(name);
    }
    return disabling;
  }

  /** Disables and enables; a link to a file elsewhere stays. */
  public Outcome reenable(List<String> names, InstallOptions options) throws InstallException {
    index.refresh();
    var removals = new ArrayList<>(disabling(names, options.isRuntime()).changes());
    String directory = directory(options.isRuntime());
    removals.removeIf(
        removal -> names.stream().anyMatch(name -> removal.path().equals(directory + "/" + name)));
    return enable(names, options, removals);
  }

  /** Links files outside of the search path into it. */
  public List<Change> link(List<String> paths, InstallOptions options) throws InstallException {
    return change(plan -> {
      var enabling = enabling(options, plan);
      for (String path : paths) {
        if (!path.startsWith("/")) {
          throw new InstallException(Reason.INVALID_ARGS, path + " is no absolute path.");
        }
        if (!enabling.isSearched(path)) {
          enabling.link(units.at(path));
        }
      }
    });
  }

  /** Makes units impossible to start; they need not exist. */
  public List<Change> mask(List<String> names, InstallOptions options) throws InstallException {
    String directory = directory(options.isRuntime());
    return change(plan -> {
      for (String name : names) {
        masking.mask(UnitFiles.name(name), directory, options.isForced(), plan);
      }
    });
  }

  /** Removes masks. */
  public List<Change> unmask(List<String> names, boolean isRuntime) throws InstallException {
    return change(plan -> {
      for (String name : names) {
        masking.unmask(UnitFiles.name(name), directory(isRuntime), plan);
      }
    });
  }

  /** Removes the user's drop-ins, masks, and files that hide those of packages. */
  public List<Change> revert(List<String> names) throws InstallException {
    return change(plan -> {
      for (String name : names) {
        masking.revert(UnitFiles.name(name), plan);
      }
    });
  }

  /** How a request for presets is refused: there are no policies of presets here. */
  public static InstallException noPresets(List<String> names) {
    return new InstallException(
        Reason.NOT_SUPPORTED,
        "usersvc has no presets, enable or disable " + String.join(" ", names) + " instead.");
  }

  /**
   * Makes another unit depend on units by links.
   *
   * @param relation WANTS or REQUIRES
   */
  public List<Change> addDependency(
      List<String> names, String target, Relation relation, InstallOptions options)
      throws InstallException {
    var other = UnitFiles.name(target);
    String suffix = relation == Relation.REQUIRES ? ".requires" : ".wants";
    return change(plan -> {
      units.find(target);
      var enabling = enabling(options, plan);
      for (String name : names) {
        enabling.hook(units.find(name), other, suffix);
      }
    });
  }

  /** Makes a target the default one. */
  public List<Change> setDefault(String name, boolean isForced) throws InstallException {
    var target = UnitFiles.name(name);
    if (target.type() != UnitType.TARGET || target.isTemplate() || target.isInstance()) {
      throw new InstallException(Reason.INVALID_ARGS, name + " is no target.");
    }
    return change(
        plan -> masking.setDefault(units.find(name).path(), directory(false), isForced, plan));
  }

  /** The unit that {@code default.target} means. */
  public UnitName defaultTarget() {
    index.refresh();
    return index.resolve(UnitName.of(DEFAULT_TARGET)).id();
  }

  /** The state of a unit; empty if it has no file. */
  public Optional<UnitFileState> state(UnitName name) {
    index.refresh();
    return states().of(name);
  }

  /** The names of the units that the user has made or enabled. */
  public Set<String> ofUser() {
    index.refresh();
    return links.ofUser();
  }

  private UnitFileStates states() {
    return new UnitFileStates(index, loader, reader, links);
  }

  /**
   * All unit files. Each is read when the iterator is asked for it, as there may be thousands.
   *
   * @param states the words of those that are wanted; empty: all
   * @param patterns of names; empty: all
   * @return empty in place of those that are in another state
   */
  public Iterator<Optional<ListedFile>> list(
      Collection<String> states, Collection<String> patterns) {
    index.refresh();
    var all = states();
    return List.copyOf(index.entries().values()).stream()
        .map(UnitEntry::listed)
        .filter(entry -> NamePattern.any(patterns, entry.name().toString()))
        .map(entry -> new ListedFile(entry.path(), all.of(entry.name()).orElse(UnitFileState.BAD)))
        .map(file ->
            Optional.of(file).filter(_ -> states.isEmpty() || states.contains(file.state().word())))
        .iterator();
  }

  /**
   * A unit file.
   *
   * @param path of its entry in the search path
   */
  public record ListedFile(String path, UnitFileState state) {}
}
