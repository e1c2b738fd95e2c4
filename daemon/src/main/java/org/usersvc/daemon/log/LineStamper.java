package org.usersvc.daemon.log;

/**
 * Puts a stamp before each line of one pipe. Bytes are not changed; a line that is too long is
 * broken. {@link #add} takes effect when {@link #commit} is called.
 */
final class LineStamper {
  /** A longer line is broken. */
  static final int LONGEST = 64 * 1024;

  private final byte[] out;
  private int length;
  private byte[] stamp = new byte[0];

  /** The length of the unfinished line at the end of the output; -1: at the start of a line. */
  private int column = -1;

  private int nextColumn = -1;

  /**
   * @param out filled from the start; shared with other stampers between two batches
   */
  LineStamper(byte[] out) {
    this.out = out;
  }

  /** The output ends in the middle of a line that continues. */
  void resumeLine() {
    column = 0;
  }

  /** The output ends in the middle of a line that does not continue. */
  void breakLine() {
    column = LONGEST;
  }

  /** The output ends with a whole line. */
  void freshLine() {
    column = -1;
  }

  /** Whether the next bytes begin a line, so that a new file may begin with them. */
  boolean mayChangeFile() {
    return column < 0 || column >= LONGEST;
  }

  /** Begins a batch in which each line has this stamp. */
  void begin(byte[] lineStamp) {
    stamp = lineStamp;
    length = 0;
    nextColumn = column;
  }

  /** Adds a line of the daemon, between two lines of the pipe. */
  void insert(byte[] line) {
    if (nextColumn >= 0) {
      out[length++] = '\n';
    }
    put(stamp, 0, stamp.length);
    put(line, 0, line.length);
    out[length++] = '\n';
    nextColumn = -1;
  }

  /**
   * Adds as many lines as fit.
   *
   * @param room the intended limit of the batch; a begun line is nevertheless ended
   * @param force adds one line even if it does not fit
   * @return how many bytes of {@code raw} were used
   */
  int add(byte[] raw, int rawLength, long room, boolean force) {
    int at = 0;
    boolean must = force;
    while (at < rawLength) {
      boolean broken = nextColumn >= LONGEST && raw[at] != '\n';
      int start = broken ? -1 : nextColumn;
      int end = endOfLine(raw, at, (int) Math.min(rawLength, at + (long) LONGEST - start(start)));
      int lead = start < 0 ? stamp.length + (broken ? 1 : 0) : 0;
      long needed = (long) length + lead + end - at;
      if (needed > out.length || (needed > room && start < 0 && !must)) {
        break;
      }
      if (broken) {
        out[length++] = '\n';
      }
      if (start < 0) {
        put(stamp, 0, stamp.length);
      }
      put(raw, at, end - at);
      nextColumn = raw[end - 1] == '\n' ? -1 : start(start) + end - at;
      at = end;
      must = false;
    }
    return at;
  }

  private static int start(int column) {
    return Math.max(column, 0);
  }

  /** The place behind the newline, which may stand at {@code limit} itself, or the limit. */
  private static int endOfLine(byte[] raw, int from, int limit) {
    int i = from;
    while (i < limit && raw[i] != '\n') {
      i++;
    }
    return i < limit ? i + 1 : Math.max(limit, from + 1);
  }

  private void put(byte[] from, int start, int count) {
    System.arraycopy(from, start, out, length, count);
    length += count;
  }

  /** How many bytes of the output are filled. */
  int length() {
    return length;
  }

  /** Confirms that the batch was written: the next batch begins at its end. */
  void commit() {
    column = nextColumn;
  }
}
