package org.usersvc.systemd.bus;

import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Pieces;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The parts that the manager's object uses. Units are there from the first call on that needs them.
 * <b>Loop thread only.</b>
 */
final class Desk {
  private final ManagerEnvironment environment;
  private final FileSystem files;
  private final Ending ending;
  private final Supplier<Running> maker;
  private final LogControl log;
  private final Consumer<Pieces.Work> pieces;
  private @Nullable Running running;

  /**
   * Begins without units.
   *
   * @param files where descriptors of callers are closed
   * @param log how much the daemon logs
   * @param pieces does long work in pieces
   * @param maker called once at most
   */
  Desk(
      ManagerEnvironment environment,
      FileSystem files,
      Ending ending,
      LogControl log,
      Consumer<Pieces.Work> pieces,
      Supplier<Running> maker) {
    this.environment = environment;
    this.files = files;
    this.ending = ending;
    this.log = log;
    this.pieces = pieces;
    this.maker = maker;
  }

  ManagerEnvironment environment() {
    return environment;
  }

  FileSystem files() {
    return files;
  }

  Ending ending() {
    return ending;
  }

  LogControl log() {
    return log;
  }

  /** Does long work in pieces, and other things in between. */
  void inPieces(Pieces.Work work) {
    pieces.accept(work);
  }

  /** Whether anything about units is there. */
  boolean isRunning() {
    return running != null;
  }

  Running running() {
    var made = running == null ? maker.get() : running;
    running = made;
    return made;
  }

  Manager manager() {
    return running().manager();
  }

  /**
   * Runs an action as {@link Manager#whenRead} says; makes no units for an action without names.
   */
  void whenRead(Collection<UnitName> names, Runnable action) {
    if (isRunning() || !names.isEmpty()) {
      manager().whenRead(names, action);
    } else {
      action.run();
    }
  }

  /** Calls the taker, perhaps later, with whether a process belongs to a unit with a file. */
  void isOfUnit(int pid, Consumer<Boolean> taker) {
    var now = running();
    now.ground()
        .members()
        .unitOf(
            pid,
            unit ->
                taker.accept(
                    unit.map(found -> found.unit().id())
                        .filter(name -> now.directories().text(name).isEmpty())
                        .isPresent()));
  }

  /** A text argument of a call. */
  static String text(Call call, int index) {
    return (String) call.arguments().get(index);
  }

  /** The unit that the first argument names; if it names none, the call fails. */
  static Optional<UnitName> name(Call call) {
    return name(call, 0);
  }

  /** The unit that an argument names; if it names none, the call fails. */
  static Optional<UnitName> name(Call call, int index) {
    var name = UnitName.parse(text(call, index));
    if (name.isEmpty()) {
      BusErrors.invalidName(call, text(call, index));
    }
    return name;
  }

  /**
   * Does something to the loaded unit of the first argument; an empty one is the caller's unit. If
   * there is none, the call fails.
   */
  void withKnown(Call call, BiConsumer<UnitRecord, Call> deed) {
    if (text(call, 0).isEmpty()) {
      withOwn(call, deed);
      return;
    }
    var name = name(call);
    if (name.isPresent()) {
      manager()
          .find(name.get())
          .ifPresentOrElse(
              unit -> deed.accept(unit, call), () -> BusErrors.notLoaded(call, name.get()));
    }
  }

  /** Does that to the unit of the caller; the call fails if he is in none. */
  void withOwn(Call call, BiConsumer<UnitRecord, Call> deed) {
    unitOf(
        0,
        call,
        unit ->
            unit.ifPresentOrElse(
                found -> deed.accept(found, call),
                () -> call.fail(BusErrors.NO_SUCH_UNIT, "Client not member of any unit.")));
  }

  /**
   * Finds the unit of a process.
   *
   * @param pid 0: the caller
   */
  void unitOf(int pid, Call call, Consumer<Optional<UnitRecord>> taker) {
    var members = running().ground().members();
    if (pid == 0) {
      CallerPid.of(call, caller -> members.unitOf(caller, taker));
    } else {
      members.unitOf(pid, taker);
    }
  }
}
