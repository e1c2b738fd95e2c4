package org.usersvc.systemd.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.FakeMechanisms;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.job.Outcome;
import org.usersvc.daemon.job.Verb;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.supervise.FakeLogs;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.FakeFamily;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;
import org.usersvc.daemon.view.Watcher;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.JobMode;

/** Units from files as the daemon's doors see them, beside services that are fakes. */
final class ViewFixture implements Watcher<Commanded> {
  final UnitTree tree;
  final FakeClock clock = new FakeClock();
  final List<String> heard = new ArrayList<>();
  final Map<String, FakeUnit> units = new LinkedHashMap<>();
  final FakeMechanisms mechanisms;
  final FakeFamily directories;
  final Services services;
  final UnitFamily family;
  final DirectoryUnits directoryUnits;
  final Set<String> ofUser = new HashSet<>();
  boolean isMade = true;
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, bugs::add);
  private final Operations operations;
  private Optional<Manager> manager = Optional.empty();

  ViewFixture(Path root) {
    tree = new UnitTree(root);
    tree.file(tree.vendor() + "/basic.target", "[Unit]\nDefaultDependencies=no\n");
    tree.file(tree.vendor() + "/shutdown.target", "[Unit]\nDefaultDependencies=no\n");
    mechanisms = new FakeMechanisms(loop, tree.files);
    directories = new FakeFamily(loop::soon);
    services = new Services(directories);
    family =
        new UnitFamily(
            this::manager, () -> isMade, mechanisms::all, () -> Environment.EMPTY, files());
    directoryUnits = new DirectoryUnits(directories, mechanisms.all().turns(), this::manager);
    services.add(family);
    services.watch(this);
    operations = new Operations(services, loop, new FakeLogs());
  }

  private UnitFamily.Files files() {
    return new UnitFamily.Files() {
      @Override
      public @Nullable String state(UnitName unit) {
        return null;
      }

      @Override
      public Set<String> ofUser() {
        return ofUser;
      }
    };
  }

  Manager manager() {
    if (manager.isEmpty()) {
      var engine =
          new Engine(
              mechanisms.all().turns(),
              tree.files,
              tree.index,
              new SourcesReader(_ -> Optional.empty(), _ -> {}),
              new Judge(new FakeFacts()),
              new Random(7));
      engine.control(
          UnitType.SERVICE,
          (unit, reports) -> {
            var made = new FakeUnit(unit, reports);
            units.put(unit.id().toString(), made);
            return made;
          });
      engine.foreign(directoryUnits);
      engine.manager().subscribe(family);
      manager = Optional.of(engine.manager());
      directoryUnits.begin();
    }
    return manager.get();
  }

  /** The active state and sub-state of a unit as systemctl shows them; {@code -} if unknown. */
  String unit(String name) {
    return manager()
        .find(UnitName.of(name))
        .map(unit -> unit.state().active().word() + " " + unit.state().sub())
        .orElse("-");
  }

  /** Asks as systemctl does. */
  void ask(JobType type, String name) {
    manager().ask(type, UnitName.of(name), JobMode.REPLACE);
    settle();
  }

  /** The jobs that go on. */
  List<String> jobs() {
    return manager().jobs().stream().map(job -> job.unit() + " " + job.type().word()).toList();
  }

  boolean hasEngine() {
    return manager.isPresent();
  }

  /** Reads all files anew. */
  void reload() {
    manager().reload(() -> {});
    settle();
  }

  /** Writes the file of a service with lines of {@code [Unit]} and of {@code [Service]}. */
  void write(String name, String unit, String service) {
    tree.file(
        tree.config() + "/" + name,
        "[Unit]\n" + unit + "\n[Service]\nExecStart=/bin/x\n" + service + "\n");
  }

  Commanded find(String name) {
    return switch (services.lookUp(name)) {
      case LookUp.Found(var service) -> service;
      case LookUp.NotSupervised(var reason) -> throw new AssertionError(reason);
      case LookUp.NoSuchService(var reason) -> throw new AssertionError(reason);
    };
  }

  /** Asks as a client that waits; its answers come into the list. */
  List<Outcome> ask(String name, Verb verb) {
    return ask(find(name), verb);
  }

  List<Outcome> ask(Commanded service, Verb verb) {
    var answers = new ArrayList<Outcome>();
    operations.ask(service, verb, Duration.ofSeconds(7), answers::add);
    settle();
    return answers;
  }

  /** A service that the engine knows. */
  FakeUnit made(String name) {
    return Objects.requireNonNull(units.get(name));
  }

  /** A service that is up. */
  FakeUnit up(String name) {
    ask(name, Verb.UP);
    var unit = made(name);
    unit.up();
    settle();
    return unit;
  }

  void advance(Duration time) {
    clock.advance(time);
    settle();
  }

  void settle() {
    for (int i = 0; i < 20; i++) {
      loop.runOneTurn(false);
    }
    assertThat(bugs).isEmpty();
  }

  List<String> listed() {
    return services.all().stream()
        .map(each -> each.view().name() + " " + each.view().state())
        .toList();
  }

  @Override
  public void moved(Commanded service, String before) {
    heard.add(service.view().name() + ": " + before + " > " + service.view().state());
  }

  @Override
  public void gone(Commanded service) {
    heard.add(service.view().name() + " gone");
  }
}
