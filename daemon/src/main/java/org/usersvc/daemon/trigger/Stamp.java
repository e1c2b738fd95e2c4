package org.usersvc.daemon.trigger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.schedule.Moment;
import org.usersvc.daemon.schedule.Past;
import org.usersvc.daemon.state.Header;

/**
 * The file that remembers the past of one service with a schedule: lines of a word and numbers. A
 * damaged one counts as absent. <b>Loop thread only.</b>
 */
final class Stamp {
  private static final int MOST = 1024;
  private static final int DIRECTORY = 0700;
  private static final int FILE = 0600;
  private static final String BOOT = "boot";
  private static final String BEGUN = "begun";
  private static final String HANDLED = "handled";
  private static final String STARTED = "started";
  private static final String EXIT = "exit";

  private final Platform platform;
  private final String directory;
  private final Subject subject;
  private boolean failed;

  Stamp(Platform platform, String directory, Subject subject) {
    this.platform = platform;
    this.directory = directory;
    this.subject = subject;
  }

  /**
   * What an earlier daemon has written, with times on today's clock.
   *
   * @param isOfThisBoot whether the machine was not started since
   */
  record Found(Past past, @Nullable ExitStatus lastExit, boolean isOfThisBoot) {}

  /** The content of the file, null if there is none or it is damaged. */
  @Nullable Found read(Moment now) {
    byte[] content;
    try {
      if (platform.files().stat(FileSystem.ABSOLUTE, path()) == null) {
        return null;
      }
      content = platform.files().read(FileSystem.ABSOLUTE, path(), MOST);
    } catch (FileFault fault) {
      warn(fault.getMessage() + "; it is not known when the service was started last");
      return null;
    }
    try {
      return parse(new String(content, US_ASCII), now);
    } catch (IllegalArgumentException damaged) {
      warn(path() + " is damaged; it is not known when the service was started last");
      return null;
    }
  }

  private Found parse(String text, Moment now) {
    var lines = new HashMap<String, String[]>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      lines.put(words[0], words);
    }
    String boot = word(lines, BOOT, 1);
    boolean same = !boot.isEmpty() && boot.equals(Header.boot(platform.files()));
    var handled = moment(lines, HANDLED, same, now);
    var started = lines.containsKey(STARTED) ? moment(lines, STARTED, same, now) : null;
    var exit =
        lines.containsKey(EXIT)
            ? new ExitStatus((int) number(lines, EXIT, 1), (int) number(lines, EXIT, 2), false)
            : null;
    return new Found(new Past(handled, started, number(lines, BEGUN, 1)), exit, same);
  }

  private static String word(Map<String, String[]> lines, String name, int index) {
    String[] words = lines.get(name);
    if (words == null || words.length <= index) {
      throw new IllegalArgumentException(name);
    }
    return words[index];
  }

  private static long number(Map<String, String[]> lines, String name, int index) {
    return Long.parseLong(word(lines, name, index));
  }

  /** A time of an earlier boot is known by the clock of the day alone. */
  private static Moment moment(Map<String, String[]> lines, String name, boolean same, Moment now) {
    long micros = number(lines, name, 1);
    if (Math.abs(micros) > Long.MAX_VALUE / 1000) { // centuries away, and not to be counted with
      throw new IllegalArgumentException(name);
    }
    var wall = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return same
        ? new Moment(wall, number(lines, name, 2))
        : new Moment(wall, now.elapsed() - ChronoUnit.NANOS.between(wall, now.wall()));
  }

  /** Writes all anew. */
  void write(Past past, @Nullable ExitStatus lastExit) {
    var text = new StringBuilder(160);
    text.append(BOOT).append(' ').append(Header.boot(platform.files())).append('\n');
    text.append(BEGUN).append(' ').append(past.begun()).append('\n');
    add(text, HANDLED, past.handled());
    var started = past.started();
    if (started != null) {
      add(text, STARTED, started);
    }
    if (lastExit != null) {
      text.append("%s %d %d\n".formatted(EXIT, lastExit.code(), lastExit.signal()));
    }
    try {
      platform.files().makeDirectories(directory, DIRECTORY);
      platform
          .files()
          .replace(FileSystem.ABSOLUTE, path(), text.toString().getBytes(US_ASCII), FILE);
      failed = false;
    } catch (FileFault fault) {
      if (!failed) {
        warn(fault.getMessage() + "; the next usersvcd will not know of starts from now on");
      }
      failed = true;
    }
  }

  private static void add(StringBuilder text, String name, Moment moment) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, moment.wall());
    text.append("%s %d %d\n".formatted(name, micros, moment.elapsed()));
  }

  private String path() {
    return directory + "/" + subject.nativeName();
  }

  private void warn(String text) {
    platform.messages().warn(subject.name() + ": " + text);
  }
}
