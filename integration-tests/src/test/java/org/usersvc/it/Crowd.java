package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A hundred services of all kinds that write numbered lines: some live on, and must not notice that
 * their daemon goes; some end by themselves, and must never run twice at a time.
 */
final class Crowd {
  private static final int PLAIN = 40;
  private static final int WITH_SVLOGD = 20;
  private static final int ENDING = 12;
  private static final int QUICK = 8;
  private static final int CHAINS = 2;
  private static final int LINKS = 5;
  private static final int NEEDY = 5;
  private static final int ONESHOT = 5;

  /** Small files, so that there are many, and none is removed. */
  private static final String LIMITS = "s20000\nn0\n";

  private final Tree tree;
  private final Writers writers;
  private final Map<Service, LogFiles> logs = new LinkedHashMap<>();
  private final List<Service> steady = new ArrayList<>();
  private final List<Service> ending = new ArrayList<>();
  private final List<Service> quick = new ArrayList<>();
  private final List<Service> oneshot = new ArrayList<>();
  private final List<Service> loggers = new ArrayList<>();
  private final Map<Service, Integer> pids = new LinkedHashMap<>();
  private final Running leader;
  private Set<String> pipes = Set.of();
  private List<String> descriptors = List.of();

  Crowd(Tree tree, Writers writers) throws IOException {
    this.tree = tree;
    this.writers = writers;
    this.leader = tree.begin("sleep", "1000");
    LogFiles.limit(tree, LIMITS, "T0");
    addLasting();
    addPassing();
  }

  private void addLasting() throws IOException {
    for (int i = 0; i < PLAIN; i++) {
      steady.add(writers.steady("plain" + i));
    }
    for (int i = 0; i < WITH_SVLOGD; i++) {
      steady.add(withSvlogd(writers.steady("logged" + i)));
    }
    for (int i = 0; i < CHAINS * LINKS; i++) {
      var link = writers.steady("link" + i, "echo >&4", "exec 4>&-").file("notification-fd", "4\n");
      if (i % LINKS > 0) {
        link.file("dependencies.d/link" + (i - 1), "");
      }
      steady.add(link);
    }
    for (int i = 0; i < NEEDY; i++) {
      steady.add(writers.steady("needy" + i).file("needs-env", "CHAOS_DISPLAY\n"));
    }
    steady.forEach(this::builtInUnlessLogged);
  }

  private void addPassing() throws IOException {
    for (int i = 0; i < ENDING; i++) {
      ending.add(writers.ending("ending" + i, 25 + 3 * i));
    }
    for (int i = 0; i < QUICK; i++) {
      quick.add(writers.quick("quick" + i, i % 3));
    }
    for (int i = 0; i < ONESHOT; i++) {
      oneshot.add(writers.quick("oneshot" + i, 0).file("type", "oneshot\n"));
    }
    ending.forEach(this::builtInUnlessLogged);
    quick.forEach(this::builtInUnlessLogged);
    oneshot.forEach(this::builtInUnlessLogged);
  }

  private Service withSvlogd(Service service) throws IOException {
    service.log().run("exec svlogd -tt ./main").file("main/config", LIMITS);
    loggers.add(service.log());
    logs.put(service, new LogFiles(service.log().dir().resolve("main")));
    return service;
  }

  private void builtInUnlessLogged(Service service) {
    logs.computeIfAbsent(service, it -> LogFiles.builtIn(tree, it.name()));
  }

  /** Waits until all are up, each for the first time. */
  void awaitUp(Daemon daemon) throws IOException {
    String session = Long.toString(leader.pid());
    tree.usersvc("session", "register", "--leader", session, "CHAOS_DISPLAY=:7").expect(0);
    for (var service : steady) {
      pids.put(service, service.awaitUp());
    }
    for (var logger : loggers) {
      pids.put(logger, logger.awaitUp());
    }
    for (var service : oneshot) {
      var log = LogFiles.builtIn(tree, service.name());
      Await.until(service + " to be done", () -> log.text().contains(" 1\n"));
    }
    pipes = pipes();
    descriptors = descriptors(daemon);
  }

  /** Fails if one of those that live on has ended. */
  void expectAlive(String after) {
    var gone = new ArrayList<String>();
    pids.forEach((service, pid) -> {
      if (!Proc.lives(pid)) {
        gone.add(service.dir() + " " + pid);
      }
    });
    assertThat(gone).as("ended after " + after).isEmpty();
  }

  /** Fails if one of those that live on is not the daemon's child. */
  void expectChildren(Daemon daemon) {
    for (int pid : pids.values()) {
      assertThat(Proc.parent(pid)).as("parent of " + Proc.commandLine(pid)).isEqualTo(daemon.pid());
    }
  }

  /** Lets them come to rest; then all must be as if there had been one daemon all the time. */
  void check(Daemon daemon) throws IOException {
    writers.rest();
    expectAlive("all");
    checkLogs();
    checkProcesses(daemon);
    assertThat(tree.root().resolve("doubles")).doesNotExist();
    assertThat(pipes()).isEqualTo(pipes);
    Await.answer("the same descriptors", () -> descriptors(daemon), descriptors::equals);
    for (var service : oneshot) {
      assertThat(writers.runs(service.name())).as("runs of " + service.name()).isOne();
    }
    leader.kill();
    Service.in(tree.scan(), "needy0").awaitDown();
  }

  private void checkLogs() throws IOException {
    var wrong = new ArrayList<String>();
    for (var log : logs.entrySet()) {
      try {
        writers.expectAll(log.getKey().name(), log.getValue());
      } catch (AssertionError failed) {
        wrong.add(failed.getMessage());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void checkProcesses(Daemon daemon) throws IOException {
    for (var known : pids.entrySet()) {
      var status = known.getKey().await("to be known", Status::isUp);
      assertThat(status.pid()).as(known.getKey().dir().toString()).isEqualTo(known.getValue());
    }
    Await.answer(
        "each process to be of a service, and each service to have one",
        () -> strange(daemon),
        List::isEmpty);
  }

  /** What should not be among the processes of this tree. */
  private List<String> strange(Daemon daemon) throws IOException {
    var sessions = new HashSet<Long>(List.of(daemon.pid(), leader.pid()));
    for (var service : services()) {
      long pid = service.pid();
      sessions.add(pid == 0 ? -1 : pid);
    }
    var strange = new ArrayList<String>();
    for (long pid : Proc.withHome(tree.root())) {
      boolean ours = pid == daemon.pid() || pid == leader.pid();
      if (!ours && !sessions.contains(Proc.session(pid))) {
        strange.add(pid + " " + Proc.commandLine(pid) + " in " + Proc.directory(pid));
      }
    }
    return strange;
  }

  private List<Service> services() {
    var all = new ArrayList<>(logs.keySet());
    all.addAll(loggers);
    return all;
  }

  /** What it has open; but logs, which are opened when there is a line, are only open once each. */
  private List<String> descriptors(Daemon daemon) throws IOException {
    daemon.descriptorsAtRest();
    var logsOf = LogFiles.builtIn(tree, "").dir().toString();
    var open = Proc.openFiles(daemon.pid());
    var files = open.stream().filter(it -> it.startsWith(logsOf)).toList();
    assertThat(files).doesNotHaveDuplicates();
    return open.stream()
        .filter(it -> !it.startsWith(logsOf) && !it.startsWith(tree.root() + "/log."))
        .map(it -> it.replaceFirst("\\[[0-9]+\\]$", "").replaceFirst("^/proc/[0-9]+/", ""))
        .sorted()
        .toList();
  }

  private Set<String> pipes() throws IOException {
    var names = new TreeSet<String>();
    try (var all = Files.list(tree.runtime().resolve("usersvc/pipes"))) {
      all.map(Path::getFileName).forEach(name -> names.add(name.toString()));
    }
    return names;
  }
}
