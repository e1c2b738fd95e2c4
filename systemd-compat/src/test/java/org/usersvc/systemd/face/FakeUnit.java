package org.usersvc.systemd.face;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Checks;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.GivenStreams;
import org.usersvc.systemd.engine.Populated;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.TakesStreams;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Unit;

/** A unit whose state a test says. */
public final class FakeUnit implements UnitRecord {
  public final List<String> told = new ArrayList<>();
  public Controller.Killed killed = Controller.Killed.SENT;
  public int mainPid;
  public final Set<Kind> cleanable = EnumSet.noneOf(Kind.class);

  /** The processes of a scope. */
  public final List<Integer> pids = new ArrayList<>();

  private final Unit unit;
  private UnitState state = UnitState.DEAD;

  FakeUnit(Unit unit) {
    this.unit = unit;
  }

  /** It is so from now on. */
  public void become(ActiveState active, String sub) {
    state = new UnitState(active, sub);
  }

  @Override
  public Unit unit() {
    return unit;
  }

  @Override
  public UnitState state() {
    return state;
  }

  @Override
  public Controller controller() {
    return unit.type() == UnitType.SCOPE ? new Scope() : new Service();
  }

  @Override
  public Stamps stamps() {
    return Stamps.NONE;
  }

  @Override
  public String invocation() {
    return "00112233445566778899aabbccddeeff";
  }

  @Override
  public Checks checks() {
    return Checks.NONE;
  }

  @Override
  public boolean isTransient() {
    return false;
  }

  @Override
  public boolean needsReload() {
    return false;
  }

  private class Plain implements Controller {
    @Override
    public UnitState state() {
      return state;
    }

    @Override
    public void start(String invocation) {
      throw new AssertionError("doors ask the manager");
    }

    @Override
    public void stop(boolean restart) {
      throw new AssertionError("doors ask the manager");
    }

    @Override
    public Killed kill(Who who, Signal signal) {
      told.add("kill " + who + " " + signal);
      return killed;
    }

    @Override
    public void adopt(Unit other) {}
  }

  private final class Scope extends Plain implements ScopeController, Populated {
    @Override
    public boolean has(int pid) {
      return pids.contains(pid);
    }

    @Override
    public void processes(Consumer<Set<Integer>> taker) {
      taker.accept(Set.copyOf(pids));
    }

    @Override
    public void attach(Collection<Integer> pids) {
      told.add("attach " + pids);
    }

    @Override
    public String result() {
      return "success";
    }

    @Override
    public void abandon() {
      told.add("abandon");
    }
  }

  private final class Service extends Plain implements ServiceController, TakesStreams {
    @Override
    public void give(GivenStreams streams) {
      told.add("give " + streams.all().boxed().toList());
    }

    @Override
    public int mainPid() {
      return mainPid;
    }

    @Override
    public Set<Kind> cleanable() {
      return cleanable;
    }

    @Override
    public void clean(Set<Kind> kinds, Runnable done) {
      told.add("clean " + kinds);
      done.run();
    }

    @Override
    public int controlPid() {
      return 0;
    }

    @Override
    public ServiceResult result() {
      return ServiceResult.EXIT_CODE;
    }

    @Override
    public int restarts() {
      return 3;
    }

    @Override
    public String statusText() {
      return "fine";
    }

    @Override
    public int statusErrno() {
      return 0;
    }

    @Override
    public Optional<Main> lastMain() {
      var began = new Stamps.Stamp(Instant.ofEpochSecond(7), 9_000_000);
      var status = ExitStatus.exited(4);
      return Optional.of(new Main(77, began, Optional.of(began), Optional.of(status)));
    }
  }
}
