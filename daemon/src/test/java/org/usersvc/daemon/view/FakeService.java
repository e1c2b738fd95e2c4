package org.usersvc.daemon.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;

/** A service that is up or down as it is commanded, at once. */
public final class FakeService implements Commanded, ServiceView {
  private final String name;
  private final Consumer<Runnable> later;
  private final List<Watcher<Commanded>> watchers;
  private Set<String> needs = Set.of();
  private int pid;
  private int starts;

  FakeService(String name, Consumer<Runnable> later, List<Watcher<Commanded>> watchers) {
    this.name = name;
    this.later = later;
    this.watchers = watchers;
  }

  /** The same, which needs these services. */
  public FakeService needs(String... names) {
    needs = Set.of(names);
    return this;
  }

  @Override
  public ServiceView view() {
    return this;
  }

  @Override
  public @Nullable FakeService logger() {
    return null;
  }

  @Override
  public void command(String letters) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      boolean restarts = letter == 't' && pid != 0;
      if (letter == 'd' || restarts) {
        become(0);
      }
      if ((letter == 'u' && pid == 0) || restarts) {
        starts++;
        become(1000 + starts);
      }
    }
  }

  private void become(int nextPid) {
    String before = state();
    pid = nextPid;
    watchers.forEach(watcher -> watcher.changed(this));
    watchers.forEach(watcher -> watcher.moved(this, before));
    later.accept(() -> watchers.forEach(watcher -> watcher.shown(this)));
  }

  @Override
  public void kill() {
    become(0);
  }

  @Override
  public void afterwards(Runnable action) {
    later.accept(action);
  }

  @Override
  public boolean reached(Goal goal, long startsBefore) {
    return switch (goal) {
      case NONE, CHECKED -> true;
      case UP, ONCE -> pid != 0;
      case DOWN -> pid == 0;
      case RESTARTED -> starts > startsBefore;
      case GONE -> false;
    };
  }

  @Override
  public boolean lost(Goal goal, long startsBefore) {
    return false;
  }

  @Override
  public String nativeName() {
    return name;
  }

  @Override
  public String state() {
    return lives() ? "run" : "down";
  }

  @Override
  public String wanted() {
    return lives() ? "up" : "down";
  }

  @Override
  public String why() {
    return "a fake";
  }

  @Override
  public boolean isReady() {
    return lives();
  }

  @Override
  public boolean isGone() {
    return false;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public String stateOfSv() {
    return state();
  }

  @Override
  public Instant since() {
    return Instant.EPOCH;
  }

  @Override
  public Duration age() {
    return Duration.ofSeconds(5);
  }

  @Override
  public boolean isNormallyUp() {
    return lives();
  }

  @Override
  public boolean gotTerm() {
    return false;
  }

  @Override
  public int deaths() {
    return 0;
  }

  @Override
  public long starts() {
    return starts;
  }

  @Override
  public @Nullable ExitStatus lastExit() {
    return null;
  }

  @Override
  public Set<String> needs() {
    return needs;
  }

  @Override
  public Environment environment() {
    return Environment.EMPTY;
  }

  @Override
  public Environment environmentGiven() {
    return Environment.EMPTY;
  }
}
