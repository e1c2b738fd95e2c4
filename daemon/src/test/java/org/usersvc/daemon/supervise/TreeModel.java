package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.usersvc.daemon.model.ExitStatus;

/** What should become of a tree of services, in the plainest way to say it. */
final class TreeModel {
  private static final int MOST = 30;

  private enum Kind {
    PLAIN,
    NOTIFYING,
    ONESHOT
  }

  private enum At {
    /** Not started: it waits, or is wanted down. */
    IDLE,
    STARTED,
    UP,
    FAILED
  }

  private record Member(
      Kind kind, boolean fails, boolean down, Set<String> hard, Set<String> soft) {
    Set<String> all() {
      var all = new TreeSet<>(hard);
      all.addAll(soft);
      return all;
    }
  }

  private final Map<String, Member> members = new TreeMap<>();
  private final Map<String, At> at = new TreeMap<>();
  private final Set<String> wanted = new TreeSet<>();
  private final Random random;
  private final TreeFixture tree;
  private final Set<String> lingering = new TreeSet<>();
  private boolean holding;

  private TreeModel(Random random, TreeFixture tree) {
    this.random = random;
    this.tree = tree;
  }

  static TreeModel random(Random random, TreeFixture tree, boolean cycles) throws IOException {
    var model = new TreeModel(random, tree);
    var names = new ArrayList<String>();
    for (int i = 0; i < 5 + random.nextInt(MOST - 4); i++) {
      names.add("s%02d".formatted(i));
    }
    Collections.shuffle(names, random);
    for (int i = 0; i < names.size(); i++) {
      model.members.put(names.get(i), model.draw(names.subList(0, i)));
    }
    if (cycles) {
      model.close(names);
    }
    for (var member : model.members.entrySet()) {
      model.write(member.getKey(), member.getValue());
      model.at.put(member.getKey(), At.IDLE);
    }
    return model;
  }

  private Member member(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  private Member draw(List<String> earlier) {
    var hard = new TreeSet<String>();
    var soft = new TreeSet<String>();
    for (int i = 0; i < 3 && !earlier.isEmpty(); i++) {
      var kind = random.nextInt(3);
      if (kind > 0) {
        (kind == 1 ? hard : soft).add(earlier.get(random.nextInt(earlier.size())));
      }
    }
    var kind = Kind.values()[random.nextInt(3)];
    boolean fails = kind != Kind.PLAIN && random.nextInt(6) == 0;
    return new Member(kind, fails, random.nextInt(6) == 0, hard, soft);
  }

  private void close(List<String> names) {
    for (int i = 0; i < 2; i++) {
      int late = 1 + random.nextInt(names.size() - 1);
      var later = names.get(late);
      var earlier = names.get(random.nextInt(late));
      member(later).hard().add(earlier);
      (i == 0 ? member(earlier).hard() : member(earlier).soft()).add(later);
    }
  }

  private void write(String name, Member member) throws IOException {
    var directory = tree.service(name);
    Files.writeString(directory.resolve("restart"), "no\n");
    if (member.kind() != Kind.PLAIN) {
      boolean oneshot = member.kind() == Kind.ONESHOT;
      Files.writeString(
          directory.resolve(oneshot ? "type" : "notification-fd"), oneshot ? "oneshot" : "3");
    }
    if (member.down()) {
      Files.writeString(directory.resolve("down"), "");
    }
    for (var kind :
        Map.of("dependencies.d", member.hard(), "waits-for.d", member.soft()).entrySet()) {
      for (String other : kind.getValue()) {
        Files.createDirectories(directory.resolve(kind.getKey()));
        Files.writeString(directory.resolve(kind.getKey()).resolve(other), "");
      }
    }
  }

  boolean hasCycles() {
    return members.keySet().stream().anyMatch(this::isInCycle);
  }

  private boolean isInCycle(String name) {
    var seen = new HashSet<String>();
    var open = new ArrayList<>(member(name).all());
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(member(next).all());
      }
    }
    return seen.contains(name);
  }

  private void want(String name) {
    boolean failed = at.get(name) == At.FAILED;
    if (failed) {
      at.put(name, At.IDLE);
    }
    if (wanted.add(name) || failed) {
      if (!isInCycle(name)) {
        member(name).all().forEach(this::want);
      }
    }
  }

  /** Whether it will not come up, as things are. */
  private boolean isOut(String name) {
    return at.get(name) == At.FAILED
        || isInCycle(name)
        || isHeld(name)
        || (at.get(name) == At.IDLE
            && (!wanted.contains(name) || member(name).hard().stream().anyMatch(this::isOut)));
  }

  private boolean mayStart(String name) {
    var member = member(name);
    return at.get(name) == At.IDLE
        && wanted.contains(name)
        && !isInCycle(name)
        && !isHeld(name)
        && member.hard().stream().allMatch(each -> at.get(each) == At.UP)
        && member.soft().stream().allMatch(each -> at.get(each) == At.UP || isOut(each));
  }

  private void settle() {
    boolean more = true;
    while (more) {
      more = false;
      for (String name : members.keySet()) {
        if (mayStart(name)) {
          at.put(name, member(name).kind() == Kind.PLAIN ? At.UP : At.STARTED);
          more = true;
        }
      }
    }
  }

  private Set<String> running() {
    var running = new TreeSet<String>();
    at.forEach((name, now) -> {
      boolean done = now == At.UP && member(name).kind() == Kind.ONESHOT;
      if ((now == At.STARTED || now == At.UP) && !done) {
        running.add(name);
      }
    });
    return running;
  }

  private Set<String> alive() {
    var alive = new TreeSet<String>();
    tree.processes.living().forEach(child -> alive.add(child.substring(0, child.indexOf('/'))));
    return alive;
  }

  private void compare() {
    assertThat(alive()).as("%s of %s", at, members).isEqualTo(running());
  }

  /** Starts the tree, and lets all that is on its way get there or fail, one after another. */
  void startAll() throws IOException {
    members.forEach((name, member) -> {
      if (!member.down()) {
        want(name);
      }
    });
    tree.start();
    finishStarts();
  }

  private void finishStarts() throws IOException {
    for (settle(), compare(); ; settle(), compare()) {
      var started = at.keySet().stream().filter(name -> at.get(name) == At.STARTED).toList();
      if (started.isEmpty()) {
        return;
      }
      String name = started.get(random.nextInt(started.size()));
      if (member(name).fails()) {
        tree.exit(name + "/run", TreeFixture.FAILED);
      } else if (member(name).kind() == Kind.ONESHOT) {
        tree.exit(name + "/run", TreeFixture.FINE);
      } else {
        ReadySign.ready(tree, name);
      }
      at.put(name, member(name).fails() ? At.FAILED : At.UP);
    }
  }

  private Set<String> hardDependents(String name) {
    var found = new TreeSet<String>();
    members.forEach((other, member) -> {
      if (member.hard().contains(name) && (at.get(other) == At.STARTED || at.get(other) == At.UP)) {
        found.add(other);
      }
    });
    return found;
  }

  private Set<String> withDependents(String name) {
    var found = new TreeSet<String>(Set.of(name));
    for (String other : hardDependents(name)) {
      found.addAll(withDependents(other));
    }
    return found;
  }

  void stopAll() {
    tree.processes.takeSignals();
    tree.supervisor.stop(() -> {});
    tree.settle();
    wanted.clear();
    var all = new TreeSet<>(running());
    at.forEach((name, now) -> {
      if (now == At.UP) {
        all.add(name);
      }
    });
    end(all);
  }

  /** Ends these; each is told only when nothing needs it any more, and then at once. */
  private void end(Set<String> names) {
    var left = new TreeSet<>(names);
    var told = new TreeSet<String>();
    while (!left.isEmpty()) {
      for (String signal : tree.processes.takeSignals()) {
        if (signal.startsWith("TERM ")) {
          assertThat(told.add(signal.substring(5, signal.indexOf('/')))).as(signal).isTrue();
        }
      }
      boolean more = true;
      while (more) { // what has been done ends without a process
        more =
            left.removeIf(
                name -> !running().contains(name) && hardDependents(name).isEmpty() && leave(name));
      }
      var due = new TreeSet<>(left);
      due.removeIf(name -> !hardDependents(name).isEmpty());
      assertThat(told).as("of %s in %s", names, members).isEqualTo(due);
      if (!due.isEmpty()) {
        String name = List.copyOf(due).get(random.nextInt(due.size()));
        leave(name);
        told.remove(name);
        left.remove(name);
        tree.exit(name + "/run", ExitStatus.killed(15, false));
      }
    }
    compare();
  }

  private boolean leave(String name) {
    at.put(name, At.IDLE);
    return true;
  }

  /** Tells one that is up to go down, and, when all has ended, up again. */
  void stopAndStartOne() throws IOException {
    var up = at.keySet().stream().filter(name -> at.get(name) == At.UP).toList();
    if (up.isEmpty()) {
      return;
    }
    String name = up.get(random.nextInt(up.size()));
    tree.advance(Duration.ofSeconds(2));
    tree.processes.takeSignals();
    var all = withDependents(name);
    wanted.remove(name);
    tree.letters(name, "d");
    end(all);
    want(name);
    tree.letters(name, "u");
    finishStarts();
  }

  private boolean isHeld(String name) {
    return holding && !lingers(name);
  }

  private boolean lingers(String name) {
    return lingering.contains(name)
        || members.keySet().stream()
            .anyMatch(other ->
                member(other).hard().contains(name) && !isInCycle(other) && lingers(other));
  }

  /** To be called before all are started. */
  void letSomeLinger() throws IOException {
    for (String name : members.keySet()) {
      if (random.nextInt(4) == 0) {
        lingering.add(name);
        Files.writeString(tree.service(name).resolve("linger"), "");
      }
    }
  }

  /** Holds back what does not linger, and lets it run again. */
  void holdAndRelease() throws IOException {
    tree.advance(Duration.ofSeconds(2));
    tree.processes.takeSignals();
    holding = true;
    tree.supervisor.hold(true);
    tree.settle();
    var held = new TreeSet<String>();
    at.forEach((name, now) -> {
      if (now == At.UP && isHeld(name)) {
        held.add(name);
      }
    });
    end(held);
    finishStarts();
    holding = false;
    tree.supervisor.hold(false);
    tree.settle();
    finishStarts();
  }
}
