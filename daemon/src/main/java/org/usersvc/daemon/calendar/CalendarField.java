package org.usersvc.daemon.calendar;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The values that one component of a calendar event matches. Immutable.
 *
 * @param kind which component it is
 * @param ranges the values, sorted; none: all
 */
record CalendarField(Kind kind, List<Range> ranges) {
  private static final long MICROS = 1_000_000;

  /** The components, the range of their values, and the distance of neighbours. */
  enum Kind {
    YEAR(1970, 2199, 1),
    MONTH(1, 12, 1),
    DAY(1, 31, 1),
    /** Days counted from the end of the month. */
    LAST_DAY(1, 28, 1),
    HOUR(0, 23, 1),
    MINUTE(0, 59, 1),
    /** In microseconds. */
    SECOND(0, 60 * MICROS - 1, MICROS);

    private final long least;
    private final long most;
    private final long step;

    Kind(long least, long most, long step) {
      this.least = least;
      this.most = most;
      this.step = step;
    }

    long step() {
      return step;
    }
  }

  /**
   * Some values.
   *
   * @param start the first
   * @param stop the last; {@link #NONE}: the largest of the kind if there is a repetition, else the
   *     first
   * @param repeat the distance of one value from the next; 0: there is only the first
   */
  record Range(long start, long stop, long repeat) {
    static final long NONE = -1;

    /** The same values in the shortest form. */
    Range shortest() {
      if (stop == NONE) {
        return this;
      }
      long last = stop - (stop - start) % repeat;
      return last == start ? new Range(start, NONE, 0) : new Range(start, last, repeat);
    }

    /** The first value that is not before {@code from}; {@link Long#MAX_VALUE} if there is none. */
    private long next(long from, long most) {
      if (from <= start) {
        return start;
      }
      if (repeat == 0) {
        return Long.MAX_VALUE;
      }
      long next = start + (from - start + repeat - 1) / repeat * repeat;
      return next <= (stop == NONE ? most : stop) ? next : Long.MAX_VALUE;
    }

    /** The days that this means in a month of so many days, if it counts from the end. */
    private Range inMonth(int days) {
      long first = days + 1 - (stop == NONE ? start : stop);
      return new Range(first, stop == NONE ? NONE : days + 1 - start, repeat);
    }
  }

  CalendarField {
    ranges = List.copyOf(ranges);
  }

  /** One value. */
  static CalendarField of(Kind kind, long value) {
    return new CalendarField(kind, List.of(new Range(value, Range.NONE, 0)));
  }

  /** Any value; of seconds the whole ones. */
  static CalendarField any(Kind kind) {
    return new CalendarField(kind, List.of());
  }

  /** Whether the range is one of this kind, with its values in order. */
  static boolean isValid(Kind kind, Range range) {
    long last = range.stop == Range.NONE ? range.start : range.stop;
    long room = kind == Kind.LAST_DAY ? range.start - kind.least : kind.most - range.start;
    return range.start >= kind.least
        && range.start <= last
        && last <= kind.most
        && (range.stop != Range.NONE || range.repeat <= room);
  }

  /** The first value that is not before {@code from}; -1 if there is none. */
  long next(long from) {
    if (ranges.isEmpty()) {
      long next = (from + kind.step - 1) / kind.step * kind.step;
      return next <= kind.most ? next : -1;
    }
    long next = Long.MAX_VALUE;
    for (var range : ranges) {
      next = Math.min(next, range.next(from, kind.most));
    }
    return next == Long.MAX_VALUE ? -1 : next;
  }

  /**
   * The first day that is not before {@code from} in a month of so many days; -1: there is none.
   */
  int nextDay(int from, int days) {
    long next = Long.MAX_VALUE;
    if (ranges.isEmpty()) {
      next = from;
    }
    for (var range : ranges) {
      var inMonth = kind == Kind.LAST_DAY ? range.inMonth(days) : range;
      next = Math.min(next, inMonth.next(from, days));
    }
    return next <= days ? (int) next : -1;
  }

  @Override
  public String toString() {
    return ranges.isEmpty()
        ? "*"
        : ranges.stream().map(this::show).collect(Collectors.joining(","));
  }

  private String show(Range range) {
    String text = padded(range.start);
    if (range.stop != Range.NONE) {
      text += ".." + padded(range.stop);
    }
    boolean isPlain = range.stop != Range.NONE && range.repeat == kind.step;
    return range.repeat == 0 || isPlain ? text : text + "/" + value(range.repeat);
  }

  private String padded(long value) {
    return value / kind.step < 10 ? "0" + value(value) : value(value);
  }

  private String value(long value) {
    long fraction = value % kind.step;
    String whole = Long.toString(value / kind.step);
    return fraction == 0 ? whole : whole + "." + Long.toString(MICROS + fraction).substring(1);
  }
}
