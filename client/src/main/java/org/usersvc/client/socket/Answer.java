package org.usersvc.client.socket;

/**
 * Reads an answer as it comes, in pieces of any size, and copies its lines to their streams. Lines
 * with an unknown prefix are left out.
 */
final class Answer {
  private static final int PREFIX = 2;
  private static final int NOT_YET = -1;

  private final Output output;
  private final boolean quiet;
  private final byte[] prefix = new byte[PREFIX];
  private int seen;
  private boolean withinText;
  private int digits;
  private int value;
  private int status = NOT_YET;

  /** {@code quiet}: nothing goes to standard output. */
  Answer(Output output, boolean quiet) {
    this.output = output;
    this.quiet = quiet;
  }

  boolean isComplete() {
    return status != NOT_YET;
  }

  int status() {
    return status;
  }

  void take(byte[] bytes, int length) throws LostOutputException, BrokenAnswerException {
    int i = 0;
    while (i < length && status == NOT_YET) {
      if (seen < PREFIX) {
        prefix[seen] = bytes[i];
        seen = bytes[i++] == '\n' ? 0 : seen + 1;
      } else if (prefix[0] == '=' && prefix[1] == ' ') {
        takeStatus(bytes[i++]);
      } else {
        i = takeText(bytes, i, length);
      }
    }
    output.flush();
  }

  /** Ends a line that was broken off, so that the next text begins a new one. */
  void breakOff() throws LostOutputException {
    if (withinText) {
      copy(new byte[] {'\n'}, 0, 1);
    }
  }

  private int takeText(byte[] bytes, int start, int length) throws LostOutputException {
    int end = start;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    withinText = end == length;
    if (!withinText) {
      end++;
      seen = 0;
    }
    copy(bytes, start, end - start);
    return end;
  }

  private void copy(byte[] bytes, int start, int length) throws LostOutputException {
    if (prefix[1] != ' ') {
      return;
    }
    if (prefix[0] == '2') {
      output.err(bytes, start, length);
    } else if (prefix[0] == '1' && !quiet) {
      output.out(bytes, start, length);
    }
  }

  private void takeStatus(byte c) throws BrokenAnswerException {
    if (c == '\n' && digits > 0 && value < 256) {
      status = value;
    } else if (c >= '0' && c <= '9' && digits < 3) {
      value = value * 10 + (c - '0');
      digits++;
    } else {
      throw new BrokenAnswerException();
    }
  }
}
