package org.usersvc.daemon.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The descriptors that one connection receives. They come in the order of the messages that they
 * belong to, and each message says how many it has. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: no more than {@link #MOST} are open, whatever the other end sends.
 */
final class Descriptors {
  /** So many are kept open, those of unanswered calls among them; more are closed at once. */
  static final int MOST = 16;

  /** A message has 253 at most: SCM_MAX_FD of the kernel. */
  private static final int MOST_WAITING = 1024;

  /** Stands for one that was closed, as there were too many. */
  private static final int CLOSED = -1;

  private final IntConsumer closer;
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
  private int open;

  /** Whether some were lost before they came here, so that messages may lack some. */
  private boolean isShort;

  Descriptors(IntConsumer closer) {
    this.closer = closer;
  }

  /**
   * Some have come.
   *
   * @param lost whether more were sent
   * @throws MalformedMessage if so many wait that no message can have them all
   */
  void add(List<Integer> received, boolean lost) throws MalformedMessage {
    isShort |= lost;
    for (int descriptor : received) {
      boolean fits = open < MOST;
      if (fits) {
        open++;
      } else {
        closer.accept(descriptor);
      }
      waiting.add(fits ? descriptor : CLOSED);
    }
    if (waiting.size() > MOST_WAITING) {
      throw new MalformedMessage("it has more descriptors than messages can have");
    }
  }

  /** Whether some belong to no message so far. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /**
   * Those of the next message.
   *
   * @param count how many it says to have
   * @throws MalformedMessage if it has less
   */
  Claimed claim(long count) throws MalformedMessage {
    if (count == 0) {
      return Claimed.NONE;
    }
    boolean lacks = count > waiting.size();
    if (lacks && !isShort) {
      throw new MalformedMessage("descriptors are missing");
    }
    isShort &= !lacks;
    var all = new ArrayList<Integer>();
    for (long i = Math.min(count, waiting.size()); i > 0; i--) {
      all.add(waiting.remove());
    }
    return new Claimed(all, lacks || all.contains(CLOSED), this);
  }

  /** Closes all that belong to no message. */
  void close() {
    waiting.forEach(this::close);
    waiting.clear();
  }

  private void close(int descriptor) {
    if (descriptor != CLOSED) {
      closer.accept(descriptor);
      open--;
    }
  }

  /** Those of one message. */
  static final class Claimed {
    /** Of a message without any. */
    static final Claimed NONE = new Claimed(List.of(), false, new Descriptors(_ -> {}));

    private final List<Integer> all;
    private final boolean isIncomplete;
    private final Descriptors from;

    private Claimed(List<Integer> all, boolean isIncomplete, Descriptors from) {
      this.all = new ArrayList<>(all);
      this.isIncomplete = isIncomplete;
      this.from = from;
    }

    /** Whether some of them were closed, or got lost. */
    boolean isIncomplete() {
      return isIncomplete;
    }

    /** One of them, which the caller closes from now on; -1 if there is none, or it was taken. */
    int take(long index) {
      if (index < 0 || index >= all.size()) {
        return CLOSED;
      }
      int taken = all.set((int) index, CLOSED);
      if (taken != CLOSED) {
        from.open--;
      }
      return taken;
    }

    /** Closes those that were not taken. */
    void close() {
      all.forEach(from::close);
      all.clear();
    }
  }
}
