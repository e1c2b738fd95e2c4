package org.usersvc.daemon.socket;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * What is said about several services, in the order in which they were named, whichever of it is
 * known first: the lines about a service are kept until all about those before it is said.
 */
final class InOrder {
  private final Answer answer;
  private final Map<Integer, Part> waiting = new HashMap<>();
  private int begun;
  private int turn;

  InOrder(Answer answer) {
    this.answer = answer;
  }

  /** What is said about the next service. */
  Part next() {
    var part = new Part(begun++);
    waiting.put(part.place, part);
    return part;
  }

  /** The lines about one service. */
  final class Part {
    private final int place;
    private final Queue<Runnable> kept = new ArrayDeque<>(1);
    private boolean over;

    private Part(int place) {
      this.place = place;
    }

    void out(String line) {
      say(() -> answer.out(line));
    }

    void err(String line) {
      say(() -> answer.err(line));
    }

    private void say(Runnable line) {
      kept.add(line);
      sayAll();
    }

    /** Nothing more is said about this service. */
    void end() {
      over = true;
      sayAll();
    }
  }

  private void sayAll() {
    for (var part = waiting.get(turn); part != null; part = waiting.get(turn)) {
      while (!part.kept.isEmpty()) {
        part.kept.remove().run();
      }
      if (!part.over) {
        return;
      }
      waiting.remove(turn++);
    }
  }
}
