package org.usersvc.daemon.servicedir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.model.Signal;

/** Reads a {@link Definition}. An invalid file is reported and counts as absent. */
public final class DefinitionReader {
  private static final int LONGEST = 256;
  private static final int HIGHEST_DESCRIPTOR = 1023;
  private static final String DIRECTORY = "directory";
  private static final String LIMITS = "limits";
  private static final String WATCH = "watch";
  private static final int MOST_PATH = 4096;
  private static final int MOST_LIMITS = 16 * 1024;
  private static final int MOST_LINES = 64 * 1024;

  private final FileSystem files;
  private final int directory;
  private final Consumer<String> complaints;
  private final Set<String> present;

  private DefinitionReader(
      ServiceDirectory directory, Consumer<String> complaints, Set<String> present) {
    this.files = directory.files();
    this.directory = directory.descriptor();
    this.complaints = complaints;
    this.present = present;
  }

  /**
   * Reads the directory's present definition.
   *
   * @param complaints called for each invalid file, with the value and the expected form
   * @throws FileFault if the directory itself cannot be read
   */
  public static Definition read(ServiceDirectory directory, Consumer<String> complaints)
      throws FileFault {
    return new DefinitionReader(directory, complaints, directory.entries()).all();
  }

  /**
   * How long run may take to end when it is to, at present ({@code timeout-kill}).
   *
   * @param complaints called if the file is invalid
   * @return zero: for as long as it likes; null: there is no valid file
   */
  public static @Nullable Duration stopBound(
      ServiceDirectory directory, Consumer<String> complaints) {
    return directory.hasStopBound()
        ? new DefinitionReader(directory, complaints, Set.of(ServiceDirectory.STOP_BOUND))
            .millis(ServiceDirectory.STOP_BOUND)
        : null;
  }

  private Definition all() {
    boolean oneshot = value("type", "longrun or oneshot", DefinitionReader::type, false);
    var restart =
        present.contains("restart")
            ? value("restart", "always, on-failure or no", RestartRule::ofWord, RestartRule.ALWAYS)
            : null;
    var readiness =
        new Definition.Readiness(
            value("notification-fd", "a descriptor, 3 to 1023", DefinitionReader::descriptor, 0),
            present.contains("notify"));
    var times =
        new Definition.Times(
            time("timeout-ready"), time("timeout-finish"), time("timeout-watchdog"));
    var signals =
        new Definition.Signals(
            value("down-signal", "a signal", Signal::of, Signal.TERM),
            value("reload-signal", "a signal", Signal::of, Signal.HUP));
    var needs = new Definition.Needs(names("dependencies.d"), names("waits-for.d"));
    boolean lingers = present.contains("linger");
    return new Definition(
        oneshot, restart, readiness, times, signals, needs, lingers, path(), limits(), triggers());
  }

  private @Nullable String path() {
    var content = content(DIRECTORY, MOST_PATH);
    String text = content == null ? "" : NativeText.decode(content).strip();
    if (!text.isEmpty() && text.indexOf('\n') < 0 && text.indexOf('\0') < 0) {
      return text;
    }
    if (content != null) {
      complaints.accept(
          "directory says '"
              + NativeText.printable(text)
              + "' and has to be one line: an absolute path, ~/PATH, or one in this directory");
    }
    return null;
  }

  private Limits limits() {
    var content = content(LIMITS, MOST_LIMITS);
    if (content == null) {
      return Limits.NONE;
    }
    var read = new LimitsFile(NativeText.decode(content));
    read.complaints().forEach(complaints);
    return read.limits();
  }

  private Definition.Triggers triggers() {
    var schedule = content(ServiceDirectory.SCHEDULE, MOST_LINES);
    var watch = content(WATCH, MOST_LINES);
    var times = schedule == null ? null : new ScheduleFile(NativeText.decode(schedule));
    var paths = watch == null ? null : new WatchFile(NativeText.decode(watch));
    if (times != null) {
      times.complaints().forEach(complaints);
    }
    if (paths != null) {
      paths.complaints().forEach(complaints);
    }
    return new Definition.Triggers(
        times == null ? null : times.schedule(), paths == null ? List.of() : paths.paths());
  }

  /** The content of a file of fewer than so many bytes; null if it is absent, or was reported. */
  private byte @Nullable [] content(String file, int most) {
    byte[] content = start(file, most);
    if (content == null || content.length < most) {
      return content;
    }
    complaints.accept(file + " has to be shorter than " + most + " bytes");
    return null;
  }

  /** The first bytes of a file, so many at most; null if it is absent or unreadable. */
  private byte @Nullable [] start(String file, int most) {
    try {
      return present.contains(file) ? files.read(directory, file, most) : null;
    } catch (FileFault fault) {
      complaints.accept(String.valueOf(fault.getMessage()));
      return null;
    }
  }

  private static @Nullable Boolean type(String text) {
    return (text.equals("oneshot") || text.equals("longrun"))
        ? Boolean.valueOf(text.equals("oneshot"))
        : null;
  }

  /** Zero means never, as if the file were absent. */
  private @Nullable Duration time(String file) {
    var time = millis(file);
    return time == null || time.isZero() ? null : time;
  }

  private @Nullable Duration millis(String file) {
    return value(file, "a number of milliseconds", DefinitionReader::duration);
  }

  private static @Nullable Duration duration(String text) {
    try {
      long millis = Long.parseLong(text);
      return millis < 0 ? null : Duration.ofMillis(millis);
    } catch (NumberFormatException ignored) { // the caller reports it
      return null;
    }
  }

  private static @Nullable Integer descriptor(String text) {
    try {
      int number = Integer.parseInt(text);
      return (number > 2 && number <= HIGHEST_DESCRIPTOR) ? Integer.valueOf(number) : null;
    } catch (NumberFormatException ignored) { // the caller reports it
      return null;
    }
  }

  private <T> T value(
      String file, String expected, Function<String, @Nullable T> meaning, T otherwise) {
    var meant = value(file, expected, meaning);
    return meant == null ? otherwise : meant;
  }

  /** The meaning of a file; null if it is absent, or was reported. */
  private <T> @Nullable T value(
      String file, String expected, Function<String, @Nullable T> meaning) {
    byte[] content = start(file, LONGEST);
    if (content == null) {
      return null;
    }
    String text = new String(content, ISO_8859_1).strip();
    var meant = meaning.apply(text);
    if (meant == null) {
      complaints.accept(
          file + " says '" + NativeText.printable(text) + "' and has to be " + expected);
    }
    return meant;
  }

  private Set<String> names(String file) {
    if (!present.contains(file)) {
      return Set.of();
    }
    try {
      var names = new TreeSet<>(files.list(directory, file));
      names.removeIf(name -> name.startsWith("."));
      return names;
    } catch (FileFault fault) {
      complaints.accept(
          fault.getMessage() + "; it has to be a directory with a file for each name");
      return Set.of();
    }
  }
}
