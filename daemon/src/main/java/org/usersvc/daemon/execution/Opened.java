package org.usersvc.daemon.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Place;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/** The files that are open for one start. <b>Loop thread only.</b> */
final class Opened {
  private final FileSystem files;
  private final List<Redirect> redirects = new ArrayList<>();
  private final Map<Stream.File, Integer> descriptors = new HashMap<>();
  private int directory = -1;

  Opened(FileSystem files) {
    this.files = files;
  }

  /** Opens the working directory, and makes sure that a program can enter it. */
  Place directory(String path) throws FileFault {
    directory = files.openDirectory(FileSystem.ABSOLUTE, path);
    files.stat(directory, ".");
    return new Place.Open(directory);
  }

  /** Opens a stream as the program's descriptor of that number. */
  void add(int target, Stream stream) throws FileFault {
    switch (stream) {
      case Stream.Inherited() -> {}
      case Stream.Held(int descriptor, Access access) ->
          redirects.add(new Redirect(target, descriptor, access));
      case Stream.File file -> redirects.add(new Redirect(target, open(file), Access.SHARED));
    }
  }

  private int open(Stream.File file) throws FileFault {
    var known = descriptors.get(file);
    if (known != null) {
      return known;
    }
    int descriptor = files.openStream(file.path(), file.how());
    descriptors.put(file, descriptor);
    return descriptor;
  }

  /** What the program's descriptors lead to. */
  List<Redirect> redirects() {
    return redirects;
  }

  /** Closes all: the program has its own by now, or will never run. */
  void close() {
    descriptors.values().forEach(files::close);
    descriptors.clear();
    if (directory >= 0) {
      files.close(directory);
      directory = -1;
    }
  }
}
