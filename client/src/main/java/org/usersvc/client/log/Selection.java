package org.usersvc.client.log;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativeText;
import org.usersvc.client.socket.Output;

/**
 * Passes on the lines that a query selects. Where only the last of them are wanted, or the newest
 * first, they are kept until {@link #release}.
 */
final class Selection implements Merge.Sink {
  private final LogQuery query;
  private final Output output;
  private final Merge.Sink direct;

  /** One line as it is to be printed. */
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private final Output lineOutput;
  private final Merge.Sink toLine;
  private @Nullable Deque<byte[]> kept;

  /** {@code form}: what prints lines to an output. */
  Selection(LogQuery query, Output output, Function<Output, Merge.Sink> form) {
    this.query = query;
    this.output = output;
    this.direct = form.apply(output);
    this.lineOutput = output.onto(line);
    this.toLine = form.apply(lineOutput);
    boolean bounded = query.selects() && query.lines() != LogQuery.ALL;
    kept = bounded || query.newestFirst() ? new ArrayDeque<>() : null;
  }

  @Override
  public void take(LogReader reader) throws LostOutputException {
    if (!isSelected(reader)) {
      return;
    }
    Deque<byte[]> lines = kept;
    if (lines == null) {
      direct.take(reader);
      return;
    }
    line.reset();
    toLine.take(reader);
    lineOutput.flush();
    lines.add(line.toByteArray());
    if (lines.size() > query.lines()) {
      lines.remove();
    }
  }

  private boolean isSelected(LogReader reader) {
    @Nullable Instant until = query.until();
    if (until != null && reader.time() > LogQuery.nanos(until)) {
      return false;
    }
    @Nullable Pattern grep = query.grep();
    if (grep == null) {
      return true;
    }
    byte[] message = Arrays.copyOfRange(reader.bytes(), reader.start(), reader.end());
    return grep.matcher(NativeText.decode(message)).find();
  }

  /** Prints what was kept; later lines are printed as they come. */
  void release() throws LostOutputException {
    Deque<byte[]> lines = kept;
    kept = null;
    if (lines == null) {
      return;
    }
    Iterator<byte[]> order = query.newestFirst() ? lines.descendingIterator() : lines.iterator();
    while (order.hasNext()) {
      output.shown(order.next());
    }
  }
}
