package org.usersvc.systemd.manage;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Reads the files of many units in pieces, a unit at a time, so that nobody waits for all of them.
 *
 * <p>What is handed in is done in its order: what comes later may follow from what came before.
 * What has nothing to read, and nothing before it, is done at once.
 */
final class ReadAhead {
  private final Units units;
  private final Turns turns;
  private final ArrayDeque<Wish> wishes = new ArrayDeque<>();
  private boolean running;

  /** The names of the first wish that were met. */
  private final Set<UnitName> met = new HashSet<>();

  /** The known unit that gets its new text when all that it names is read. */
  private @Nullable UnitName current;

  /**
   * Something to be done when units are read.
   *
   * @param again units that are known and are to be read anew
   * @param open units that are to be read, and later those that they name
   */
  private record Wish(ArrayDeque<UnitName> again, ArrayDeque<UnitName> open, Runnable action) {}

  ReadAhead(Units units, Turns turns) {
    this.units = units;
    this.turns = turns;
  }

  /** Does an action when units are read with all that they name. */
  void after(Collection<UnitName> names, Runnable action) {
    boolean isFirst = wishes.isEmpty();
    var appeared = names.isEmpty() ? List.<UnitName>of() : units.appeared();
    if (isFirst && appeared.isEmpty() && names.stream().allMatch(units::isKnown)) {
      action.run();
    } else {
      add(new Wish(new ArrayDeque<>(appeared), new ArrayDeque<>(names), action));
    }
  }

  /** Reads all known units anew, and then does an action. */
  void again(Runnable action) {
    units.appeared();
    add(new Wish(new ArrayDeque<>(units.units()), new ArrayDeque<>(), action));
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
      if (met.add(name)) {
        wish.open().addAll(units.readAhead(name));
      }
    } else if (current != null) {
      var read = current;
      current = null;
      units.reread(read);
    } else if (!wish.again().isEmpty()) {
      current = wish.again().remove();
      wish.open().addAll(units.rereadAhead(current));
    } else {
      finish(wish);
    }
  }

  private void finish(Wish wish) {
    wishes.remove();
    try {
      wish.action().run();
    } finally {
      met.clear();
      units.endAhead();
    }
  }
}
