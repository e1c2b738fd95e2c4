package org.usersvc.daemon.socket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.job.Verb;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.render.Palette;
import org.usersvc.daemon.render.ServiceTable;
import org.usersvc.daemon.render.ServiceTree;
import org.usersvc.daemon.render.Version;
import org.usersvc.daemon.socket.Request.Flag;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.view.Services;
import org.usersvc.daemon.view.Watcher;

/** Performs each verb of the control socket. <b>Loop thread only.</b> */
final class Dispatcher implements Connection.Dispatch {
  /** Exit status of {@code status --check} when something does not run. */
  private static final int NOT_RUNNING = 3;

  /** The memory for a name whose events are watched. */
  private static final int EVENT_NAME_SIZE = 150;

  private final Operation.Parts parts;
  private final Services services;
  private final EventLoop loop;
  private final Clock clock;
  private final DaemontoolsVerbs daemontools;
  private final ScheduleVerb schedule;
  private final ScanDirectory scanDirectory;
  private final EnableVerbs enabling;
  private final Backend.BusTaker buses;
  private final Backend.Replacer replacement;
  private final Verbs extensionVerbs;
  private final SessionVerbs sessions;
  private final EnvironmentVerbs environment;
  private final PageVerb pages;

  Dispatcher(Backend backend) {
    this.services = backend.services();
    this.loop = backend.platform().loop();
    this.clock = loop.clock();
    this.scanDirectory = backend.scanDirectory();
    this.buses = backend.buses();
    this.replacement = backend.replacement();
    this.extensionVerbs = backend.extensionVerbs();
    this.parts = new Operation.Parts(services, backend.operations(), loop, backend.enablement());
    this.enabling = new EnableVerbs(parts, backend.enablement(), scanDirectory);
    this.sessions = new SessionVerbs(backend);
    this.environment = new EnvironmentVerbs(backend);
    this.pages = new PageVerb(parts, backend.platform().files());
    this.daemontools = new DaemontoolsVerbs(services, loop);
    this.schedule = new ScheduleVerb(services, clock);
  }

  @Override
  public void request(byte[] line, int length, Answer answer) {
    try {
      dispatch(named(Request.parse(line, length)), answer);
    } catch (IOException unfit) {
      answer.err("usersvc: " + unfit.getMessage());
      answer.end(Answer.USAGE);
    }
  }

  /** The same for all services that its patterns mean; daemontools' programs have none. */
  private Request named(Request request) {
    var names = request.services();
    return names.isEmpty() || request.isOfDaemontools()
        ? request
        : request.of(Names.expand(services, names));
  }

  private void dispatch(Request request, Answer answer) throws IOException {
    switch (request.verb()) {
      case "status" -> status(request, answer);
      case "list" -> list(request, answer);
      case "is-active" -> StateWords.IS_ACTIVE.answer(services, request, answer);
      case "is-failed" -> StateWords.IS_FAILED.answer(services, request, answer);
      case "is-enabled" -> StateWords.IS_ENABLED.answer(services, request, answer);
      case "schedule" -> schedule.answer(request, answer);
      case "events" -> events(request, answer);
      case "show" -> pages.show(request, answer);
      case "tree" -> tree(request, answer);
      case "rescan" -> scanDirectory.rescan(() -> answer.end(0));
      case "switch" -> switchTo(request.words().directory(), answer);
      case "version" -> version(request, answer);
      case "reexec" -> replacement.ask(request.json(), answer);
      case "bus" -> takeBus(request.words().options().name(), answer);
      case "enable", "disable" -> enable(request, answer);
      case "session" -> sessions.answer(request, answer);
      case "env" -> environment.answer(request, answer);
      case "svc" -> daemontools.svc(request, answer);
      case "svok" -> daemontools.svok(request, answer);
      case "svstat" -> daemontools.svstat(request, answer);
      default -> operate(request, answer);
    }
  }

  private void enable(Request request, Answer answer) throws IOException {
    boolean enables = request.verb().equals("enable");
    var names = request.words().operands();
    if (names.contains("")) {
      throw new IOException(request.verb() + " needs names of services, and one is empty");
    }
    var enabler = names.isEmpty() ? null : extensionVerbs.enabler(names);
    if (enabler != null) {
      boolean now = request.words().options().has(Flag.NOW);
      var reply = new ExtensionReply(request.json(), answer);
      answer.attempt(() -> enabler.answer(enables, now, names, reply));
    } else if (enables) {
      enabling.enable(request, answer);
    } else {
      enabling.disable(request, answer);
    }
  }

  private void takeBus(String address, Answer answer) throws IOException {
    if (address.isEmpty()) {
      throw new IOException("bus needs the address of a bus as name");
    }
    buses.take(
        address,
        trouble -> {
          if (!trouble.isEmpty()) {
            answer.err("usersvc: " + NativeText.printable(trouble));
          }
          answer.end(trouble.isEmpty() ? 0 : 1);
        });
  }

  private void operate(Request request, Answer answer) throws IOException {
    var verb = verb(request);
    if (verb == null) {
      askExtension(request, answer);
      return;
    }
    if (request.services().isEmpty()) {
      throw new IOException(verb.word() + " needs the name of a service; see usersvc list");
    }
    new Operation(parts, verb, request, new Tally(answer)).begin();
  }

  private void askExtension(Request request, Answer answer) throws IOException {
    var handler = extensionVerbs.of(request.verb());
    if (handler == null) {
      throw new IOException(
          "unknown verb " + NativeText.printable(request.verb()) + "; see usersvc --help");
    }
    var reply = new ExtensionReply(request.json(), answer);
    answer.attempt(() -> handler.answer(request.words().operands(), reply));
  }

  private static @Nullable Verb verb(Request request) throws IOException {
    var verb = Verb.ofWord(request.verb());
    var options = request.words().options();
    if (verb == Verb.KILL && !options.signal().isEmpty()) {
      return sending(options.signal());
    }
    return verb == Verb.WAIT && options.has(Flag.DOWN) ? Verb.WAIT_DOWN : verb;
  }

  private static Verb sending(String name) throws IOException {
    var signal = Signal.of(name.toUpperCase(Locale.ROOT));
    var verb = signal == null ? null : Verb.ofSignal(signal);
    if (verb == null) {
      throw new IOException(
          "kill -s takes HUP, INT, QUIT, KILL, USR1, USR2, ALRM, TERM, CONT or STOP, not "
              + NativeText.printable(name)
              + "; others are sent by kill(1) to the pid that usersvc status shows");
    }
    return verb;
  }

  /** Those in trouble come first. */
  private void list(Request request, Answer answer) {
    boolean every = request.words().options().has(Flag.ALL);
    var all = views(every ? services.all() : services.listed());
    var shown = new ArrayList<ServiceView>();
    all.stream().filter(ServiceView::isInTrouble).forEach(shown::add);
    if (!request.words().options().has(Flag.FAILED)) {
      all.stream().filter(view -> !view.isInTrouble()).forEach(shown::add);
    } else if (shown.isEmpty() && !request.json()) {
      answer.err("usersvc: no service has failed");
      answer.end(0);
      return;
    }
    show(shown, request, answer, () -> answer.end(0));
  }

  private void status(Request request, Answer answer) {
    var names = request.services();
    var found = new ArrayList<>(names.isEmpty() ? all() : List.of());
    loop.requests()
        .each(
            names,
            name -> answer.attempt(() -> look(name, found, answer)),
            () -> answer.attempt(() -> status(found, request, answer)));
  }

  private void look(String name, List<ServiceView> found, Answer answer) {
    var service = Names.find(services, name, answer::err);
    if (service != null) {
      found.add(service.view());
    }
  }

  private void status(List<ServiceView> found, Request request, Answer answer) {
    int failures = Math.max(0, request.services().size() - found.size());
    boolean allRun = failures == 0 && found.stream().allMatch(ServiceView::isFine);
    int code = request.check() ? (allRun ? 0 : NOT_RUNNING) : Tally.status(failures);
    show(found, request, answer, () -> answer.end(code));
  }

  private void tree(Request request, Answer answer) {
    var tree = new ServiceTree(all(), palette(request));
    boolean dot = request.words().options().has(Flag.DOT);
    var lines = request.json() ? tree.json() : dot ? tree.dot() : tree.text();
    lines.forEach(answer::out);
    answer.end(0);
  }

  private static Palette palette(Request request) {
    return Palette.of(request.words().options().has(Flag.COLOR));
  }

  private List<ServiceView> all() {
    return views(services.all());
  }

  private static List<ServiceView> views(List<Commanded> services) {
    return services.stream().map(Commanded::view).toList();
  }

  private void show(List<ServiceView> views, Request request, Answer answer, Runnable whenShown) {
    boolean ofAll = request.services().isEmpty();
    var refused = ofAll ? services.first().refused() : Map.<String, String>of();
    if (!refused.isEmpty()) {
      answer.err(Names.refused(refused));
    }
    if (request.json()) {
      loop.requests()
          .each(views, view -> answer.attempt(() -> answer.out(Json.service(view))), whenShown);
    } else {
      if (!views.isEmpty()) {
        ServiceTable.of(views, palette(request)).forEach(answer::out);
      } else if (ofAll && refused.isEmpty()) {
        answer.err("usersvc: there are no services in " + scanDirectory.path());
      }
      whenShown.run();
    }
  }

  private void events(Request request, Answer answer) {
    var names = Set.copyOf(request.services());
    answer.keeps((long) EVENT_NAME_SIZE * names.size());
    var watcher =
        new Watcher<Commanded>() {
          @Override
          public void moved(Commanded service, String before) {
            var view = service.view();
            if (names.isEmpty()
                || names.contains(view.serviceName())
                || names.contains(view.name())) {
              answer.out(event(view, before, request.json()));
            }
          }
        };
    services.watch(watcher);
    answer.lasts();
    answer.whenClosed(() -> services.ignore(watcher));
  }

  private String event(ServiceView view, String before, boolean json) {
    var now = clock.wall();
    if (json) {
      return Json.event(view, before, now);
    }
    String pid = view.lives() ? " (pid " + view.pid() + ")" : "";
    return now + " " + view.name() + ": " + before + " -> " + view.state() + pid;
  }

  private void switchTo(String directory, Answer answer) throws IOException {
    if (!directory.startsWith("/")) {
      throw new IOException(
          "switch needs the absolute path of a directory, not '"
              + NativeText.printable(directory)
              + "'");
    }
    try {
      scanDirectory.switchTo(directory, () -> answer.end(0));
    } catch (FileFault fault) {
      answer.err("usersvc: " + fault.getMessage() + "; the services are left as they are");
      answer.end(1);
    }
  }

  private void version(Request request, Answer answer) {
    answer.out(
        request.json()
            ? Json.object(json -> {
              json.writeStringField("usersvcd", Version.TEXT);
              json.writeStringField("commit", Version.commit());
              json.writeStringField("runtime", Version.runtime());
              json.writeStringField("scan_directory", scanDirectory.path());
            })
            : Version.line());
    answer.end(0);
  }
}
