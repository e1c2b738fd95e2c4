package org.usersvc.client.log;

import java.io.IOException;
import java.nio.file.WatchKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.Output;

/**
 * Shows what is added to logs, and logs that appear later. A directory is watched before it is
 * read, so that nothing is added unseen.
 */
final class Follower implements AutoCloseable {
  private final LogRoot root;
  private final Set<String> awaited;
  private final boolean all;
  private final ZoneId zone;
  private final Watch watch = new Watch();
  private final Map<WatchKey, LogReader> readers = new LinkedHashMap<>();
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
    rootKey = isAwaiting() ? watch.addNearest(root.path()) : null;
  }

  /** Null if the directory is followed already, under whatever name. */
  @Nullable LogReader add(LogSource source) throws IOException {
    WatchKey key = watch.add(source.directory());
    if (readers.containsKey(key)) {
      return null;
    }
    LogReader reader = LogReader.open(source, zone, true);
    readers.put(key, reader);
    return reader;
  }

  /** Prints what comes, until it is interrupted. */
  void follow(Merge merge, Output output) throws IOException {
    Set<LogReader> changed = new HashSet<>(readers.values());
    try {
      while (true) {
        for (LogReader reader : changed) {
          reader.refresh();
        }
        merge.run(ordered(changed));
        output.flush();
        changed = await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    boolean arrived = false;
    for (WatchKey key : watch.await()) {
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

  /** Its directory is gone; another may come in its place. */
  private void drop(WatchKey key, LogReader reader) {
    readers.remove(key);
    reader.close();
    awaited.add(reader.name());
  }

  private void arrivals(Set<LogReader> changed) throws IOException {
    for (LogSource source : root.all()) {
      if (all || awaited.contains(source.name())) {
        @Nullable LogReader fresh = arrival(source);
        if (fresh != null) {
          awaited.remove(source.name());
          changed.add(fresh);
        }
      }
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
