package org.usersvc.client.log;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches directories: it sleeps until one has changed. */
final class Watch implements AutoCloseable {
  private final WatchService service;

  Watch() throws IOException {
    service = FileSystems.getDefault().newWatchService();
  }

  /** The key identifies the directory; it is the same when that is added again. */
  WatchKey add(Path directory) throws IOException {
    return directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
  }

  /** The nearest existing directory above {@code directory}, or itself. */
  WatchKey addNearest(Path directory) throws IOException {
    Path nearest = nearest(directory);
    WatchKey key = add(nearest);
    while (!nearest.equals(nearest(directory))) { // it has come into being meanwhile
      key.cancel();
      nearest = nearest(directory);
      key = add(nearest);
    }
    return key;
  }

  private static Path nearest(Path directory) {
    Path at = directory;
    while (!Files.isDirectory(at)) {
      at = Objects.requireNonNullElse(at.getParent(), Path.of("/"));
    }
    return at;
  }

  /**
   * Waits, a second at most; returns the keys that have changed, also those whose directory has
   * gone, which are invalid then.
   */
  Set<WatchKey> await() throws InterruptedException {
    Set<WatchKey> changed = new LinkedHashSet<>();
    try {
      for (@Nullable WatchKey key = service.poll(1, TimeUnit.SECONDS);
          key != null;
          key = service.poll()) {
        key.pollEvents();
        key.reset();
        changed.add(key);
      }
    } catch (ClosedWatchServiceException closed) {
      throw new InterruptedException();
    }
    return changed;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
