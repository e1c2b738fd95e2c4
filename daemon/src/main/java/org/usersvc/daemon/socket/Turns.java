package org.usersvc.daemon.socket;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import org.usersvc.daemon.loop.Pieces;

/**
 * The work for clients, a piece at a time: the processes at the other ends take turns, so that a
 * greedy one delays only itself, however many connections it has. <b>Loop thread only.</b>
 */
final class Turns {
  private final Pieces pieces;

  /** By process; the next one comes first. */
  private final LinkedHashMap<Integer, ArrayDeque<Runnable>> waiting = new LinkedHashMap<>();

  private boolean goesOn;

  Turns(Pieces pieces) {
    this.pieces = pieces;
  }

  /** Adds a piece for a client of that process, after its earlier ones. */
  void add(int pid, Runnable piece) {
    waiting.computeIfAbsent(pid, _ -> new ArrayDeque<>(1)).add(piece);
    goOn();
  }

  private void goOn() {
    if (!goesOn && !waiting.isEmpty()) {
      goesOn = true;
      pieces.add(this::next);
    }
  }

  private boolean next() {
    var first = waiting.pollFirstEntry();
    var piece = first.getValue().remove();
    if (!first.getValue().isEmpty()) {
      waiting.putLast(first.getKey(), first.getValue());
    }
    boolean fails = true;
    try {
      piece.run();
      fails = false;
    } finally {
      goesOn = !fails && !waiting.isEmpty();
      goOn();
    }
    return goesOn;
  }
}
