package org.usersvc.systemd.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.ServiceFamily;
import org.usersvc.daemon.view.Watcher;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Unit;

/**
 * The units as a family of the daemon's services. The engine is made when a name is first looked
 * up. <b>Loop thread only.</b>
 */
public final class UnitFamily implements ServiceFamily, News {
  private final Surroundings surroundings = new Inside();
  private final Supplier<Manager> units;
  private final BooleanSupplier isMade;
  private final Supplier<Mechanisms> mechanisms;
  private final Supplier<Environment> environment;
  private final Files files;
  private final TreeMap<UnitName, UnitFacts> known = new TreeMap<>();
  private final List<Watcher<Commanded>> watchers = new ArrayList<>();

  /** The units that watchers know: reported as new, and not yet as gone. */
  private final Set<UnitName> told = new LinkedHashSet<>();

  /** The services whose changes of this turn are to be shown. */
  private final Set<UnitService> changed = new LinkedHashSet<>();

  /**
   * A family without units. Its owner subscribes it to the news of the engine as soon as that is
   * made.
   *
   * @param units the engine, made for this if it is not there
   * @param isMade whether it is there; while it is being made and takes units over, it is not
   * @param mechanisms those of the host
   * @param environment the variables that all units get
   * @param files what the files of units say
   */
  public UnitFamily(
      Supplier<Manager> units,
      BooleanSupplier isMade,
      Supplier<Mechanisms> mechanisms,
      Supplier<Environment> environment,
      Files files) {
    this.units = units;
    this.isMade = isMade;
    this.mechanisms = mechanisms;
    this.environment = environment;
    this.files = files;
  }

  /** What the files of units say. */
  public interface Files {
    /** The word for whether it is enabled; null for one without a file. */
    @Nullable String state(UnitName unit);

    /** The names of the units that the user has made or enabled. */
    Set<String> ofUser();
  }

  /** What the services need of this. */
  private final class Inside implements Surroundings {
    @Override
    public Manager manager() {
      return units.get();
    }

    @Override
    public Mechanisms mechanisms() {
      return mechanisms.get();
    }

    @Override
    public Environment environment() {
      return environment.get();
    }

    @Override
    public UnitFacts facts(UnitName unit, UnitFacts last) {
      return known.getOrDefault(unit, last);
    }

    @Override
    public Optional<String> shownName(UnitName unit) {
      var facts = known.get(unit);
      return facts != null && facts.stands() ? Optional.of(unit.toString()) : Optional.empty();
    }

    @Override
    public void changed(UnitName unit) {
      var facts = known.get(unit);
      if (facts != null) {
        look(facts);
      }
    }
  }

  /** The unit that a user means: {@code foo} is {@code foo.service}. */
  private static Optional<UnitName> nameOf(String text) {
    return UnitName.parse(text)
        .or(() -> UnitName.parse(text + ".service"))
        .filter(name -> !name.isTemplate());
  }

  @Override
  public LookUp lookUp(String name) {
    var found = nameOf(name).map(units.get()::load);
    if (found.isEmpty()) {
      return new LookUp.NoSuchService("no unit has such a name");
    }
    var record = found.get();
    Unit unit = record.unit();
    return switch (unit.loadState()) {
      case LOADED -> new LookUp.Found(commanded(record));
      case MASKED -> new LookUp.NotSupervised("unit " + unit.id() + " is masked");
      case BAD_SETTING, ERROR ->
          new LookUp.NotSupervised(
              "unit " + unit.id() + " cannot be loaded: " + unit.origin().error());
      case NOT_FOUND, STUB, MERGED -> new LookUp.NoSuchService("there is no unit " + unit.id());
    };
  }

  @Override
  public @Nullable String enabled(String name) {
    var unit = nameOf(name);
    return unit.isPresent() ? files.state(unit.get()) : null;
  }

  @Override
  public void prepare(String name, Runnable action) {
    var unit = nameOf(name);
    if (unit.isPresent()) {
      units.get().whenRead(List.of(unit.get()), action);
    } else {
      action.run();
    }
  }

  /** A service directory stands for itself. */
  private Commanded commanded(UnitRecord record) {
    Commanded directory =
        record.controller() instanceof DirectoryController controller ? controller.service() : null;
    return directory == null ? service(record) : directory;
  }

  private UnitService service(UnitRecord record) {
    return service(known.computeIfAbsent(record.unit().id(), _ -> new UnitFacts(record, now())));
  }

  private UnitService service(UnitFacts facts) {
    return new UnitService(surroundings, facts);
  }

  private Stamps.Stamp now() {
    return Stamps.Stamp.of(mechanisms.get().turns().clock());
  }

  @Override
  public @Nullable Commanded known(String name) {
    return known.isEmpty() || !isMade.getAsBoolean()
        ? null
        : UnitName.parse(name)
            .flatMap(units.get()::find)
            .map(unit -> known.get(unit.unit().id()))
            .map(this::service)
            .orElse(null);
  }

  @Override
  public Collection<UnitService> all() {
    return known.values().stream().filter(UnitFacts::stands).map(this::service).toList();
  }

  /** The text of the package says which. */
  @Override
  public Collection<UnitService> listed() {
    if (known.isEmpty()) {
      return List.of();
    }
    var ofUser = files.ofUser();
    return known.values().stream()
        .filter(UnitFacts::stands)
        .filter(facts -> facts.isNotable() || isAskedFor(facts, ofUser))
        .map(this::service)
        .toList();
  }

  private boolean isAskedFor(UnitFacts facts, Set<String> ofUser) {
    var service = service(facts);
    return service.view().names().stream().anyMatch(ofUser::contains)
        || (!facts.hasProcesses() && !facts.isPulledIn(units.get()));
  }

  @Override
  public void watch(Watcher<Commanded> watcher) {
    watchers.add(watcher);
  }

  @Override
  public void unitAdded(UnitRecord unit) {
    var facts = new UnitFacts(unit, now());
    known.put(unit.unit().id(), facts);
    look(facts);
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    var facts = known.get(unit.unit().id());
    if (facts != null) {
      look(facts);
    }
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    var facts = known.remove(unit.unit().id());
    if (facts != null) {
      leave(facts);
      show(service(facts));
    }
  }

  @Override
  public void jobAdded(Job job) {
    queued(job.unit());
  }

  @Override
  public void jobChanged(Job job) {
    queued(job.unit());
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    var facts = known.get(job.unit());
    if (facts != null) {
      facts.ended(job, result);
      queued(job.unit());
    }
  }

  /** A name may be one of another unit since the files were read. */
  @Override
  public void reloading(boolean begins) {
    for (var facts : begins ? List.<UnitFacts>of() : List.copyOf(known.values())) {
      if (!isKnown(facts.unit())) {
        unitRemoved(facts.unit());
      }
    }
  }

  private boolean isKnown(UnitRecord unit) {
    var id = unit.unit().id();
    return units.get().find(id).filter(found -> found.unit().id().equals(id)).isPresent();
  }

  private void queued(UnitName unit) {
    var facts = known.get(unit);
    if (facts != null) {
      facts.queued(units.get().jobOf(unit));
      look(facts);
    }
  }

  /** Looks at a unit that may have changed, and notifies the watchers. */
  private void look(UnitFacts facts) {
    String before = facts.word();
    facts.look();
    var service = service(facts);
    if (facts.stands()) {
      told.add(service.id());
      watchers.forEach(watcher -> watcher.changed(service));
      if (!facts.word().equals(before)) {
        watchers.forEach(watcher -> watcher.moved(service, before));
      }
    } else {
      leave(facts);
    }
    show(service);
  }

  private void leave(UnitFacts facts) {
    var service = service(facts);
    if (told.remove(service.id())) {
      watchers.forEach(watcher -> watcher.gone(service));
    }
  }

  /** Jobs look at the service at the end of the turn, when all of it has happened. */
  private void show(UnitService service) {
    if (changed.isEmpty()) {
      mechanisms.get().turns().atEnd(this::showAll);
    }
    changed.add(service);
  }

  private void showAll() {
    var shown = List.copyOf(changed);
    changed.clear();
    for (var service : shown) {
      watchers.forEach(watcher -> watcher.shown(service));
    }
  }
}
