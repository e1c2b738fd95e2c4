package org.usersvc.systemd.face;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.made.LiveSettings;
import org.usersvc.systemd.made.UnknownSetter;
import org.usersvc.systemd.unit.Spelling;

/** What callers change of a unit besides its jobs, at the units' objects and at the manager's. */
public final class UnitChanges implements Table.Part<Subject> {
  private static final String NOTHING_TO_CLEAN = BusErrors.PREFIX + "NothingToClean";
  private static final String UNIT_BUSY = BusErrors.PREFIX + "UnitBusy";

  @Override
  public void declare(Table.Members members) {
    members
        .value("CanClean", "as")
        .value("CanFreeze", "b")
        .verb("SetProperties", "ba(sv)", "")
        .verb("Clean", "as", "")
        .verb("Freeze", "", "")
        .verb("Thaw", "", "")
        .verb("QueueSignal", "sii", "");
  }

  @Override
  public Object value(Subject subject, String property) {
    return switch (property) {
      case "CanClean" -> cleanable(subject.record());
      case "CanFreeze" -> false;
      default -> throw Table.Part.unknown(property);
    };
  }

  @Override
  public void perform(Subject subject, Call call) {
    var manager = subject.ground().manager();
    var unit = subject.record();
    switch (call.member()) {
      case "SetProperties" -> set(manager, unit, call.arguments(), call);
      case "Clean" -> clean(manager, unit, call.arguments().getFirst(), call);
      case "Freeze", "Thaw" -> refuseFreezing(unit, call);
      case "QueueSignal" -> queueSignal(call);
      default -> throw Table.Part.unknown(call.member());
    }
  }

  /**
   * Sets properties of a unit that is loaded, all or none.
   *
   * @param arguments whether they last until the last logout only, and the properties
   */
  public static void set(Manager manager, UnitRecord unit, List<Object> arguments, Call call) {
    try {
      var texts = LiveSettings.texts((List<?>) arguments.getLast());
      var trouble = manager.set(unit, Boolean.TRUE.equals(arguments.getFirst()), texts);
      trouble.ifPresentOrElse(why -> BusErrors.refuse(call, why), () -> call.answer(""));
    } catch (UnknownSetter reason) {
      String error =
          reason.isReadOnly() ? StandardErrors.PROPERTY_READ_ONLY : StandardErrors.INVALID_ARGS;
      call.fail(error, String.valueOf(reason.getMessage()));
    }
  }

  private static List<String> cleanable(UnitRecord unit) {
    return unit.controller() instanceof ServiceController service
        ? service.cleanable().stream().map(Spelling::of).toList()
        : List.of();
  }

  /**
   * Removes directories of a unit that is down, and answers when they are gone.
   *
   * @param words kinds of directories, or {@code all}
   */
  public static void clean(Manager manager, UnitRecord unit, Object words, Call call) {
    var id = unit.unit().id();
    var kinds = EnumSet.noneOf(Kind.class);
    for (Object word : (List<?>) words) {
      var some = kinds(word.toString());
      if (some.isEmpty()) {
        call.fail(StandardErrors.INVALID_ARGS, "Invalid resource type: " + word);
        return;
      }
      kinds.addAll(some.get());
    }
    if (!(unit.controller() instanceof ServiceController service)) {
      BusErrors.notSupported(call, "Unit '" + id + "' does not support cleaning.");
    } else if (!unit.state().active().isInactiveOrFailed() || manager.jobOf(id).isPresent()) {
      call.fail(UNIT_BUSY, "Unit is not inactive or has pending job.");
    } else {
      kinds.retainAll(service.cleanable());
      clean(service, kinds, call);
    }
  }

  private static void clean(ServiceController service, Set<Kind> kinds, Call call) {
    if (kinds.isEmpty()) {
      call.fail(NOTHING_TO_CLEAN, "No matching resources found.");
    } else {
      service.clean(kinds, () -> call.answer(""));
    }
  }

  /**
   * The kinds that a word means; none for the store of descriptors, which does not outlive a run.
   */
  private static Optional<Set<Kind>> kinds(String word) {
    return switch (word) {
      case "all" -> Optional.of(EnumSet.allOf(Kind.class));
      case "fdstore" -> Optional.of(Set.of());
      default -> Spelling.parse(Kind.class, word).map(Set::of);
    };
  }

  /** Answers that nothing is frozen or thawed, as that takes control groups. */
  public static void refuseFreezing(UnitRecord unit, Call call) {
    BusErrors.notSupported(call, "Unit '" + unit.unit().id() + "' does not support freezing.");
  }

  /** Answers that no value goes with a signal. */
  public static void queueSignal(Call call) {
    call.fail(
        StandardErrors.INVALID_ARGS,
        "Value parameter only accepted for realtime signals, which usersvcd does not send.");
  }
}
