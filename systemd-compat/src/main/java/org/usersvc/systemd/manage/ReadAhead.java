package org.usersvc.systemd.manage;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Reads many units in pieces, a unit at a time, so that nobody waits for all of them.
 *
 * <p>What is handed in is done in its order: what comes later may follow from what came before.
 * What has nothing to read, and nothing before it, is done at once.
 */
final class ReadAhead {
  private final Units units;
  private final Turns turns;
  private final ArrayDeque<Wish> wishes = new ArrayDeque<>();
  private boolean running;

  private final Consumer<UnitName> consider;

  /** The names that were met for the first wish, and those of them that are pulled in. */
  private final Set<UnitName> met = new HashSet<>();

  private final Set<UnitName> followed = new HashSet<>();

  /** The known unit that gets its new text when all that it names is read. */
  private @Nullable UnitName current;

  /**
   * Something to be done when units are read.
   *
   * @param names units that are to be known
   * @param again units that are known and are to be read anew
   * @param open units that are to be read, and later those that they name
   * @param pulled the same units once more, and later those that a start of them pulls in: these
   *     are read, too, when there is no room any more for units that others only name
   */
  private record Wish(
      List<UnitName> names,
      ArrayDeque<UnitName> again,
      ArrayDeque<UnitName> open,
      ArrayDeque<UnitName> pulled,
      Runnable action) {
    Wish(Collection<UnitName> names, Collection<UnitName> again, Runnable action) {
      this(
          List.copyOf(names),
          new ArrayDeque<>(again),
          new ArrayDeque<>(names),
          new ArrayDeque<>(names),
          action);
    }
  }

  /**
   * Has read nothing.
   *
   * @param consider told of units that may not be needed any more when the action is done
   */
  ReadAhead(Units units, Turns turns, Consumer<UnitName> consider) {
    this.units = units;
    this.turns = turns;
    this.consider = consider;
  }

  /** Does an action when units are read with all that they name. */
  void after(Collection<UnitName> names, Runnable action) {
    boolean isFirst = wishes.isEmpty();
    var appeared = names.isEmpty() ? List.<UnitName>of() : units.appeared();
    boolean isRead = names.isEmpty() || !units.isCrowded();
    if (isFirst && isRead && appeared.isEmpty() && names.stream().allMatch(units::isKnown)) {
      action.run();
    } else {
      add(new Wish(names, appeared, action));
    }
  }

  /** Reads all known units anew, and then does an action. */
  void again(Runnable action) {
    units.appeared();
    add(new Wish(List.of(), units.units(), action));
  }

  private void add(Wish wish) {
    wishes.add(wish);
    if (!running) {
      running = true;
      turns.inPieces(this::next);
    }
  }

  /** Does one piece; if that fails, the others follow all the same. */
  private boolean next() {
    try {
      perform(wishes.getFirst());
    } finally {
      running = !wishes.isEmpty();
      if (running) {
        turns.inPieces(this::next);
      }
    }
    return false;
  }

  private void perform(Wish wish) {
    var name = wish.open().poll();
    if (name != null) {
      open(wish, units.enter(name));
    } else if (current != null) {
      var read = current;
      current = null;
      units.reread(read);
    } else if (!wish.again().isEmpty()) {
      current = wish.again().remove();
      open(wish, units.rereadAhead(current));
    } else if (units.isCrowded() && !wish.pulled().isEmpty()) {
      var pulled = units.enterPulled(wish.pulled().remove());
      pulled.stream().filter(followed::add).forEach(wish.pulled()::add);
    } else {
      finish(wish);
    }
  }

  private void open(Wish wish, Collection<UnitName> named) {
    named.stream().filter(met::add).forEach(wish.open()::add);
  }

  private void finish(Wish wish) {
    wishes.remove();
    try {
      wish.action().run();
    } finally {
      met.clear();
      followed.clear();
      units.endAhead();
      wish.names().forEach(consider);
    }
  }
}
