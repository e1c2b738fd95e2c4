package org.usersvc.systemd.face;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.syntax.UnitType;

/**
 * The objects of units and jobs, each made when it is asked for. To ask for one loads its unit.
 * <b>Loop thread only.</b>
 */
public final class UnitObjects {
  private static final Table<Subject> TARGET =
      Table.<Subject>of("org.freedesktop.systemd1.Target").build();

  private static final Table<Subject> SLICE =
      Table.<Subject>of("org.freedesktop.systemd1.Slice")
          .with(new SliceValues())
          .with(new MemberVerbs())
          .build();

  private final Ground ground;

  /** What slices show: no control group. */
  private static final class SliceValues implements Table.Part<Subject> {
    @Override
    public void declare(Table.Members members) {
      members.value("ControlGroup", "s");
    }

    @Override
    public Object value(Subject subject, String property) {
      return "";
    }
  }

  public UnitObjects(Ground ground) {
    this.ground = ground;
  }

  /** The interfaces of a unit: the one of all units, then that of its type. */
  public List<Served> of(UnitRecord unit) {
    var subject = new Subject(unit, ground);
    var own = table(unit.unit().type());
    return own == null
        ? List.of(UnitTable.TABLE.of(subject))
        : List.of(UnitTable.TABLE.of(subject), own.of(subject));
  }

  private static @Nullable Table<Subject> table(UnitType type) {
    return switch (type) {
      case SERVICE -> ServiceTable.TABLE;
      case SOCKET -> SocketTable.TABLE;
      case TARGET -> TARGET;
      case TIMER -> TimerTable.TABLE;
      case PATH -> PathTable.TABLE;
      case SLICE -> SLICE;
      case SCOPE -> ScopeTable.TABLE;
      case DEVICE, MOUNT, AUTOMOUNT, SWAP -> null; // users have none
    };
  }

  /** The interface of a job. */
  public Served of(Job job) {
    return JobTable.TABLE.of(new JobTable.Subject(job, ground.manager()));
  }

  /** The objects below {@link ObjectPaths#UNITS}. */
  public ObjectTree.Family units() {
    return new Units();
  }

  /** The objects below {@link ObjectPaths#JOBS}. */
  public ObjectTree.Family jobs() {
    return new Jobs();
  }

  private final class Units implements ObjectTree.Family {
    /** The element {@link ObjectPaths#SELF} is the unit of the caller. */
    @Override
    public void find(String element, Call call, Consumer<@Nullable List<Served>> taker) {
      if (element.equals(ObjectPaths.SELF)) {
        CallerPid.of(
            call,
            pid ->
                ground
                    .members()
                    .unitOf(
                        pid, unit -> taker.accept(unit.map(UnitObjects.this::of).orElse(null))));
      } else {
        taker.accept(find(element));
      }
    }

    @Override
    public @Nullable List<Served> find(String element) {
      var name = ObjectPaths.unit(element).filter(unit -> !unit.isTemplate());
      return name.isEmpty() ? null : of(ground.manager().load(name.get()));
    }

    @Override
    public Collection<String> elements() {
      return ground.manager().units().stream()
          .map(unit -> ObjectPaths.element(unit.unit().id().toString()))
          .toList();
    }
  }

  private final class Jobs implements ObjectTree.Family {
    @Override
    public @Nullable List<Served> find(String element) {
      boolean isNumber = element.matches("[1-9][0-9]{0,8}");
      var job = isNumber ? ground.manager().job(Integer.parseInt(element)) : null;
      return job == null || job.isEmpty() ? null : List.of(of(job.get()));
    }

    @Override
    public Collection<String> elements() {
      return ground.manager().jobs().stream().map(job -> Integer.toString(job.id())).toList();
    }
  }
}
