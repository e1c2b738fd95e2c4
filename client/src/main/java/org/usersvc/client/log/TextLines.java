package org.usersvc.client.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativeText;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.Paint;

/**
 * Lines for people: local time to the millisecond, the service if there may be several, and the
 * exact bytes of the message. What the daemon says about a service is marked.
 */
final class TextLines implements Merge.Sink {
  private static final byte[] OF_DAEMON = "[usersvcd] ".getBytes(US_ASCII);
  private static final byte[] NEWLINE = {'\n'};
  private static final int MILLIS_AT = "2000-01-01 00:00:00.".length();
  private static final byte[] PATTERN = "0000-00-00 00:00:00.000 ".getBytes(US_ASCII);
  private static final long MILLI = 1_000_000;

  private final Output output;
  private final ZoneId zone;
  private final boolean named;
  private final byte[] time = PATTERN.clone();
  private long second = Long.MIN_VALUE;
  private String name = "";
  private byte[] prefix = {};

  /** {@code named}: each line has the name of its service. */
  TextLines(Output output, ZoneId zone, boolean named) {
    this.output = output;
    this.zone = zone;
    this.named = named;
  }

  @Override
  public void take(LogReader line) throws LostOutputException {
    writeTime(line.time());
    if (named) {
      writeName(line.name());
    }
    if (line.isOfDaemon()) {
      output.out(OF_DAEMON, 0, OF_DAEMON.length);
    }
    output.out(line.bytes(), line.start(), line.end() - line.start());
    output.out(NEWLINE, 0, 1);
  }

  private void writeTime(long nanos) throws LostOutputException {
    long now = Math.floorDiv(nanos, Stamp.SECOND);
    if (now != second) {
      second = now;
      var local = LocalDateTime.ofInstant(Instant.ofEpochSecond(now), zone);
      digits(local.getYear(), 0, 4);
      digits(local.getMonthValue(), 5, 2);
      digits(local.getDayOfMonth(), 8, 2);
      digits(local.getHour(), 11, 2);
      digits(local.getMinute(), 14, 2);
      digits(local.getSecond(), 17, 2);
    }
    digits((int) (Math.floorMod(nanos, Stamp.SECOND) / MILLI), MILLIS_AT, 3);
    output.paint(Paint.MINOR);
    output.out(time, 0, time.length);
    output.paint(Paint.NONE);
  }

  private void digits(int number, int start, int count) {
    int left = number;
    for (int i = start + count - 1; i >= start; i--) {
      time[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  private void writeName(String service) throws LostOutputException {
    if (!service.equals(name)) {
      name = service;
      prefix = NativeText.encode(NativeText.printable(service) + ": ");
    }
    output.paint(Paint.NAME);
    output.out(prefix, 0, prefix.length);
    output.paint(Paint.NONE);
  }
}
