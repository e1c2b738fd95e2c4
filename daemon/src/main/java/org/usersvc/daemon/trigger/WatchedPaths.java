package org.usersvc.daemon.trigger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.scan.WatchTable;

/**
 * The paths whose change starts one service: files, directories with their entries, and what is not
 * there yet. <b>Loop thread only.</b>
 */
public final class WatchedPaths {
  /** Changes have ceased when none has come for so long. */
  private static final Duration QUIET = Duration.ofMillis(200);

  /** Changes that do not cease are taken after so long. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Platform platform;
  private final WatchTable watchTable;
  private final Subject subject;
  private final Alarm alarm;
  private final List<Watched> watched = new ArrayList<>();
  private List<String> paths = List.of();
  private long firstChange;

  WatchedPaths(Platform platform, WatchTable watchTable, Subject subject) {
    this.platform = platform;
    this.watchTable = watchTable;
    this.subject = subject;
    this.alarm = new Alarm(platform.loop().timers());
  }

  /** Watches these absolute paths from now on, in place of others. */
  public void follow(List<String> absolute) {
    if (!paths.equals(absolute)) {
      end();
      paths = List.copyOf(absolute);
      paths.forEach(path -> watched.add(new Watched(path)));
    }
  }

  /** Something was mounted, or changes were lost. */
  public void lookAgain() {
    watched.forEach(each -> each.changed(false));
  }

  /** Watches nothing any more. */
  public void end() {
    alarm.clear();
    watched.forEach(Watched::end);
    watched.clear();
    paths = List.of();
  }

  private void noticed() {
    long now = platform.loop().clock().nanos();
    if (!alarm.isSet()) {
      firstChange = now;
    }
    var left = LONGEST.minusNanos(now - firstChange);
    alarm.set(left.compareTo(QUIET) < 0 ? left : QUIET, this::quiet);
  }

  private void quiet() {
    var left = subject.untilStart();
    if (left.isPositive()) {
      alarm.set(left, this::quiet);
    } else {
      subject.startByChange();
    }
  }

  /** One path. */
  private final class Watched {
    private final String path;
    private final PathWatch watch;
    private @Nullable FileStat seen;
    private boolean failed;

    Watched(String path) {
      this.path = path;
      this.watch =
          new PathWatch(platform.files(), watchTable, () -> changed(false), () -> changed(true));
      follow();
      seen = look();
    }

    /** Something has changed, on the way to the path or at its end. */
    private void changed(boolean atEnd) {
      follow();
      var before = seen;
      seen = look();
      if (atEnd || !isSame(before, seen)) {
        noticed();
      }
    }

    private void follow() {
      try {
        watch.followInto(path);
        failed = false;
      } catch (FileFault fault) {
        if (!failed) {
          platform
              .messages()
              .warn(
                  "%s: watch: %s; changes of %s are not noticed"
                      .formatted(subject.name(), fault.getMessage(), NativeText.printable(path)));
        }
        failed = true;
      }
    }

    private @Nullable FileStat look() {
      try {
        return platform.files().stat(FileSystem.ABSOLUTE, path);
      } catch (FileFault ignored) { // it counts as absent
        return null;
      }
    }

    private static boolean isSame(@Nullable FileStat before, @Nullable FileStat now) {
      if (before == null || now == null) {
        return before == null && now == null;
      }
      return Objects.equals(before.id(), now.id()) && before.written() == now.written();
    }

    void end() {
      watch.forget();
    }
  }
}
