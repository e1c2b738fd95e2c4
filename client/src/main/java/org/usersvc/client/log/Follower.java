package org.usersvc.client.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.Output;

/**
 * Shows lines that are added to logs, and logs that appear later. A directory is watched before it
 * is read, so that no line is missed.
 */
final class Follower implements AutoCloseable {
  private static final int ATTEMPTS = 10;

  private final LogRoot root;
  private final Set<String> awaited;
  private final boolean all;
  private final ZoneId zone;
  private final Watch watch = new Watch();
  private final Map<WatchKey, LogReader> readers = new LinkedHashMap<>();
  private final Set<LogReader> faulty = new HashSet<>();

  /** The directory for which each reader was opened. */
  private final Map<LogReader, @Nullable Object> places = new HashMap<>();

  /** Logs whose directories have gone, and may come again. */
  private final Set<LogSource> lost = new HashSet<>();

  private @Nullable Object rootPlace;
  private long looked = System.nanoTime();
  private @Nullable WatchKey rootKey;

  /** {@code awaited}: the services whose logs may still appear; {@code all}: any. */
  Follower(LogRoot root, Set<String> awaited, boolean all, ZoneId zone) throws IOException {
    this.root = root;
    this.awaited = new HashSet<>(awaited);
    this.all = all;
    this.zone = zone;
    watchRoot();
  }

  private boolean isAwaiting() {
    return all || !awaited.isEmpty();
  }

  private void watchRoot() throws IOException {
    if (rootKey != null && !readers.containsKey(rootKey)) {
      rootKey.cancel();
    }
    rootPlace = LogFiles.keyOf(root.path());
    rootKey = isAwaiting() ? watch.addNearest(root.path()) : null;
  }

  /**
   * Null if the directory is watched already, under any name. A directory is identified by its
   * watch: once it has gone, the next one may have its inode.
   */
  @Nullable LogReader add(LogSource source) throws IOException {
    for (int i = 1; ; i++) {
      WatchKey key = watch.add(source.directory());
      if (readers.containsKey(key)) {
        return null;
      }
      LogReader reader = LogReader.open(source, zone, true);
      if (isStill(key, source.directory()) || i == ATTEMPTS) {
        readers.put(key, reader);
        places.put(reader, LogFiles.keyOf(source.directory()));
        return reader;
      }
      reader.close(); // it was removed and made again meanwhile
    }
  }

  /** Adds it as soon as it is there. */
  void expect(LogSource source) {
    lost.add(source);
  }

  private boolean isStill(WatchKey key, Path directory) throws IOException {
    try {
      WatchKey now = watch.add(directory);
      if (!now.equals(key) && !readers.containsKey(now) && !now.equals(rootKey)) {
        now.cancel();
      }
      return now.equals(key);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Prints new lines, until it is interrupted. */
  void follow(Merge merge, Output output) throws IOException {
    Set<LogReader> changed = new HashSet<>(readers.values());
    try {
      while (true) {
        for (Map.Entry<WatchKey, LogReader> each : readers.entrySet()) {
          if (changed.contains(each.getValue())) {
            each.getValue().refresh(directory -> isStill(each.getKey(), directory));
          }
        }
        merge.run(ordered(changed));
        report(changed, output);
        output.flush();
        changed = await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report(Set<LogReader> changed, Output output) throws IOException {
    for (LogReader reader : changed) {
      if (reader.fault() != null && faulty.add(reader)) {
        output.err("usersvc: " + reader.complaint() + "\n");
      }
    }
  }

  private Collection<LogReader> ordered(Set<LogReader> changed) {
    List<LogReader> ordered = new ArrayList<>(changed.size());
    for (LogReader reader : readers.values()) {
      if (changed.contains(reader)) {
        ordered.add(reader);
      }
    }
    return ordered;
  }

  private Set<LogReader> await() throws InterruptedException, IOException {
    Set<LogReader> changed = new HashSet<>();
    boolean arrived = hasMoved();
    for (WatchKey key : arrived ? Set.<WatchKey>of() : watch.await()) {
      @Nullable LogReader reader = readers.get(key);
      if (reader != null && key.isValid()) {
        changed.add(reader);
      } else if (reader != null) {
        drop(key, reader);
        arrived = true;
      }
      arrived |= key.equals(rootKey);
    }
    if (arrived) {
      watchRoot();
      arrivals(changed);
    }
    return changed;
  }

  /**
   * Looks once a second for changes that a watch of a directory does not report: a rename, or a
   * mount over it or above. To be called when all is read.
   *
   * @return whether another directory may be there
   */
  private boolean hasMoved() {
    long now = System.nanoTime();
    if (now - looked < TimeUnit.SECONDS.toNanos(1)) {
      return false;
    }
    looked = now;
    for (Map.Entry<WatchKey, LogReader> each : List.copyOf(readers.entrySet())) {
      LogReader reader = each.getValue();
      if (!Objects.equals(places.get(reader), LogFiles.keyOf(reader.directory()))) {
        each.getKey().cancel();
        drop(each.getKey(), reader);
      }
    }
    return !lost.isEmpty() || !Objects.equals(rootPlace, LogFiles.keyOf(root.path()));
  }

  /** Its directory has gone; another may take its place. */
  private void drop(WatchKey key, LogReader reader) {
    readers.remove(key);
    places.remove(reader);
    lost.add(reader.source());
    faulty.remove(reader);
    reader.close();
    if (!reader.isOfDaemon()) {
      awaited.add(reader.name());
    }
  }

  private void arrivals(Set<LogReader> changed) throws IOException {
    for (LogSource source : root.all()) {
      if (all || awaited.contains(source.name())) {
        arrive(source, changed);
      }
    }
    for (LogSource source : List.copyOf(lost)) { // also those of log services
      arrive(source, changed);
    }
  }

  private void arrive(LogSource source, Set<LogReader> changed) {
    @Nullable LogReader fresh = arrival(source);
    if (fresh != null) {
      awaited.remove(source.name());
      lost.remove(source);
      changed.add(fresh);
    }
  }

  private @Nullable LogReader arrival(LogSource source) {
    try {
      return add(source);
    } catch (IOException goneAgain) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    for (LogReader reader : readers.values()) {
      reader.close();
    }
    watch.close();
  }
}
