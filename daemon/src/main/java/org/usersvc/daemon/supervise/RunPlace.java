package org.usersvc.daemon.supervise;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.servicedir.Script;

/**
 * The working directory in which run starts: the service directory, or that of the file {@code
 * directory}. run itself is always that of the service directory.
 */
record RunPlace(Place directory, Program program) {
  private static final String HOME = "~";

  /** According to the definition that was read last. */
  static RunPlace of(Owner owner, FileSystem files) {
    int descriptor = owner.directory().descriptor();
    String named = owner.definition().directory();
    String own = named == null ? null : files.pathOf(descriptor);
    if (named == null || own == null) {
      var program = Program.of(Script.RUN.path(), List.of());
      return new RunPlace(new Place.Open(descriptor), program);
    }
    String path = path(named, own, owner.environmentGiven().value("HOME"));
    return new RunPlace(new Place.At(path), Program.of(own + "/" + Script.RUN.name(), List.of()));
  }

  /** The absolute path that the file names. */
  static String path(String named, String own, @Nullable String home) {
    if (home != null && (named.equals(HOME) || named.startsWith(HOME + "/"))) {
      return home + named.substring(HOME.length());
    }
    return named.startsWith("/") ? named : own + "/" + named;
  }

  /** The end of a message about a run that does not start, empty if this is not the reason. */
  String remedy(FileSystem files) {
    return directory instanceof Place.At(String path) && !canBeEntered(files, path)
        ? "; its file directory leads to '"
            + NativeText.printable(path)
            + "': make that a directory that can be entered, or change the file"
        : "";
  }

  private static boolean canBeEntered(FileSystem files, String path) {
    try {
      return files.stat(FileSystem.ABSOLUTE, path + "/.") != null;
    } catch (FileFault ignored) { // no directory, or forbidden
      return false;
    }
  }
}
