package org.usersvc.client.log;

import java.util.Collection;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.LostOutputException;

/** Merges the lines of several logs by time; the order within each log is kept. */
final class Merge {
  /** Takes the reader's present line. */
  interface Sink {
    void take(LogReader line) throws LostOutputException;
  }

  private final Sink sink;
  private long skipped;

  /** {@code skipped}: so many lines are left out at first. */
  Merge(Sink sink, long skipped) {
    this.sink = sink;
    this.skipped = skipped;
  }

  /** Merges all present lines. */
  void run(Collection<LogReader> readers) throws LostOutputException {
    var heads = new PriorityQueue<Head>();
    int rank = 0;
    for (LogReader reader : readers) {
      if (reader.advance()) {
        heads.add(new Head(reader, rank));
      }
      rank++;
    }
    for (@Nullable Head head = heads.poll(); head != null; head = heads.poll()) {
      if (runOf(head, heads.peek())) {
        heads.add(head);
      }
    }
  }

  /** The lines of one log up to the first of another; whether more follow. */
  private boolean runOf(Head head, @Nullable Head next) throws LostOutputException {
    do {
      if (skipped > 0) {
        skipped--;
      } else {
        sink.take(head.reader);
      }
      if (!head.reader.advance()) {
        return false;
      }
    } while (next == null || head.compareTo(next) <= 0);
    return true;
  }

  /** A log at its next line; lines of the same time come in the order of the logs. */
  private record Head(LogReader reader, int rank) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int byTime = Long.compare(reader.time(), other.reader.time());
      return byTime != 0 ? byTime : Integer.compare(rank, other.rank);
    }
  }
}
