package org.usersvc.systemd.observe;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.unit.PathSettings.Watch;

/** One watched path of a unit. <b>Loop thread only.</b> */
final class Lookout {
  /** Entries that do not count: hidden files, backups, and what package managers leave. */
  private static final Pattern NO_ENTRY =
      Pattern.compile(
          "\\..*|.*~|lost\\+found|aquota\\.(user|group)"
              + "|.*\\.(rpm(new|save|orig)|dpkg-[a-z]+|ucf-[a-z]+|swp|bak|old|new)");

  private static final Pattern MAGIC = Pattern.compile("[*?\\[{]");

  private final Workplace place;
  private final Watch watch;
  private boolean existed;
  private @Nullable Runnable end;

  Lookout(Workplace place, Watch watch) {
    this.place = place;
    this.watch = watch;
  }

  /**
   * Watches from now on.
   *
   * @param onChange called with whether that is an occasion whatever the path says
   */
  void begin(Consumer<Boolean> onChange) {
    existed = exists();
    var watches = place.mechanisms().watches();
    Runnable onNews = () -> onChange.accept(false);
    end =
        switch (watch.kind()) {
          case EXISTS -> watches.watch(watch.path(), false, onNews);
          case EXISTS_GLOB -> watches.watch(plainPart(), true, onNews);
          case DIRECTORY_NOT_EMPTY -> watches.watch(watch.path(), true, onNews);
          case CHANGED -> watches.watchContent(watch.path(), false, onChange::accept);
          case MODIFIED -> watches.watchContent(watch.path(), true, onChange::accept);
        };
  }

  void end() {
    var running = end;
    if (running != null) {
      end = null;
      running.run();
    }
  }

  /** Whether it existed when it was looked at last. */
  boolean existed() {
    return existed;
  }

  /** What an earlier daemon has seen. */
  void resume(boolean seen) {
    existed = seen;
  }

  /** Whether what there is now is an occasion. */
  boolean isOccasion() {
    return switch (watch.kind()) {
      case EXISTS -> exists();
      case EXISTS_GLOB -> place.matches().test(watch.path());
      case DIRECTORY_NOT_EMPTY -> hasEntries();
      case CHANGED, MODIFIED -> {
        boolean before = existed;
        existed = exists();
        yield before != existed;
      }
    };
  }

  private boolean exists() {
    try {
      return place.mechanisms().files().stat(FileSystem.ABSOLUTE, watch.path()) != null;
    } catch (FileFault ignored) { // who may not look there finds nothing
      return false;
    }
  }

  private boolean hasEntries() {
    try {
      return place.mechanisms().files().list(FileSystem.ABSOLUTE, watch.path()).stream()
          .anyMatch(name -> !NO_ENTRY.matcher(name).matches());
    } catch (FileFault ignored) { // there is no such directory
      return false;
    }
  }

  /** The directory of a pattern that no wildcard is in. */
  private String plainPart() {
    var magic = MAGIC.matcher(watch.path());
    int end = magic.find() ? magic.start() : watch.path().length();
    int slash = watch.path().lastIndexOf('/', end - 1);
    return slash <= 0 ? "/" : watch.path().substring(0, slash);
  }

  /** Makes the directory; a path that only has to exist is left to others. */
  void makeDirectory(int mode) {
    boolean isDirectory =
        switch (watch.kind()) {
          case EXISTS, EXISTS_GLOB -> false;
          case CHANGED, MODIFIED, DIRECTORY_NOT_EMPTY -> true;
        };
    try {
      if (isDirectory) {
        place.mechanisms().files().makeDirectories(watch.path(), mode);
      }
    } catch (FileFault fault) {
      place.warn().accept(fault.getMessage() + ", going on");
    }
  }
}
