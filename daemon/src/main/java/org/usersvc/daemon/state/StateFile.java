package org.usersvc.daemon.state;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;

/**
 * {@code state} of the runtime directory, a journal: the changes of a turn are appended by one
 * write, and the file is written anew when much of it is out of date. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: the file is a complete state followed by complete turns; only the last turn may be
 * cut, and after a failed write nothing is appended to the cut turn.
 */
public final class StateFile {
  /** A larger file is not one of ours. */
  private static final long LARGEST = 64L * 1024 * 1024;

  /** The file may hold so much outdated text, and four times as much as valid text. */
  private static final long SPARE = 64 * 1024;

  private static final int SHARE = 4;
  private static final int MODE = 0600;
  private static final int NONE = -1;

  static final String ENVIRONMENT = "environment";
  static final String UNSETTLED = "unsettled";
  static final String RECORD = "record";

  private static final String SESSION = "session ";

  private final FileSystem files;
  private final String path;
  private final Header header;
  private final ReadTries tries;
  private final Consumer<String> warn;
  private final Map<String, byte[]> lines = new LinkedHashMap<>();
  private final Map<String, String> records = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private int descriptor = NONE;
  private long size;
  private long live;

  /** Whether there are changes to write; at first the file itself is to be made. */
  private boolean touched = true;

  private boolean failed;

  /**
   * @param path absolute
   * @param warn called with a line for the user
   */
  public StateFile(FileSystem files, String path, Header header, Consumer<String> warn) {
    this.files = files;
    this.path = path;
    this.header = header;
    this.tries = new ReadTries(files, path);
    this.warn = warn;
  }

  static String sessionKey(int id) {
    return SESSION + id;
  }

  static String recordKey(String key) {
    return RECORD + " " + key;
  }

  /**
   * The records of an earlier daemon; the file stays valid until it is written anew or removed. A
   * foreign or useless file is renamed.
   *
   * @param uid the owner that the file must have
   */
  public PreviousState read(int uid) {
    try {
      var found = files.linkStat(FileSystem.ABSOLUTE, path);
      if (found == null) {
        return PreviousState.NOTHING;
      }
      String unfit = unfit(found, uid);
      return unfit == null ? understand() : putAside(unfit);
    } catch (FileFault fault) {
      warn.accept(
          fault.getMessage() + "; what an earlier usersvcd has left is looked for in /proc");
      return PreviousState.LOST;
    }
  }

  private static @Nullable String unfit(FileStat found, int uid) {
    if (found.kind() != FileStat.Kind.REGULAR) {
      return "is not a regular file";
    }
    if (found.uid() != uid) {
      return "belongs to uid " + found.uid();
    }
    return found.size() > LARGEST ? "is too large" : null;
  }

  private PreviousState understand() throws FileFault {
    if (!tries.another()) {
      return putAside("has ended each usersvcd that read it");
    }
    var parser = parse();
    var author = parser.header();
    if (author == null && parser.version() != 0) {
      return putAside("is of another version (" + parser.version() + ")");
    }
    if (author != null && !author.boot().equals(header.boot())) {
      return putAside("was written before the machine was started anew");
    }
    if (author == null) {
      return putAside("is damaged in its first line");
    }
    parser.raw().forEach(this::put);
    records.putAll(parser.records());
    var result = parser.result();
    if (!result.complete()) {
      warn.accept(
          path
              + " is damaged in line "
              + parser.badLine()
              + "; what its other lines say counts, what else runs is looked for in /proc");
    }
    return result;
  }

  private StateParser parse() throws FileFault {
    int file = files.openToRead(FileSystem.ABSOLUTE, path);
    try {
      return StateParser.of(block -> files.read(file, block), header.daemon().pid());
    } finally {
      files.close(file);
    }
  }

  private PreviousState putAside(String reason) throws FileFault {
    tries.forget();
    String old = path + ".old";
    var inTheWay = files.linkStat(FileSystem.ABSOLUTE, old);
    if (inTheWay != null && !inTheWay.isDirectory()) { // a directory cannot take its place
      files.remove(FileSystem.ABSOLUTE, old);
    }
    files.rename(FileSystem.ABSOLUTE, path, old);
    warn.accept(path + " " + reason + ", renamed to " + old);
    return PreviousState.LOST;
  }

  public void put(RecordedProcess memory) {
    put(memory.key().text(), StateLines.of(memory));
  }

  public void put(RecordedSession memory) {
    put(sessionKey(memory.session().id()), StateLines.of(memory));
  }

  /** Records the variables set by hand, and the highest id that a session has had. */
  public void put(Map<String, @Nullable String> byHand, int lastSession) {
    if (!byHand.isEmpty() || lastSession != 0 || lines.containsKey(ENVIRONMENT)) {
      put(ENVIRONMENT, StateLines.environment(byHand, lastSession));
    }
  }

  /** The texts of extensions: those that {@link #read} has found, and later ones. */
  public Map<String, String> records() {
    return Collections.unmodifiableMap(records);
  }

  /** Records a text of an extension. */
  public void putRecord(String key, String text) {
    records.put(key, text);
    put(recordKey(key), StateLines.record(key, text));
  }

  /** Removes a text of an extension. */
  public void removeRecord(String key) {
    records.remove(key);
    remove(recordKey(key));
  }

  /** As {@link Journal#unsettle}. */
  public void unsettle(long since) {
    put(UNSETTLED, StateLines.unsettled(since));
  }

  /** As {@link Journal#settle}. */
  public void settle() {
    remove(UNSETTLED);
  }

  private void put(String key, byte[] line) {
    var before = lines.put(key, line);
    if (!Arrays.equals(before, line)) {
      live += line.length + 1 - (before == null ? 0 : before.length + 1);
      changed.add(key);
      touched = true;
    }
  }

  /** As {@link Journal#remove}. */
  public void remove(RecordedProcess.Key key) {
    remove(key.text());
  }

  /** Removes all sessions but those with these ids, also what {@link #read} has found. */
  public void keepSessions(Set<Integer> ids) {
    var kept = ids.stream().map(StateFile::sessionKey).collect(Collectors.toSet());
    for (String key : List.copyOf(lines.keySet())) {
      if (key.startsWith(SESSION) && !kept.contains(key)) {
        remove(key);
      }
    }
  }

  private void remove(String key) {
    var before = lines.remove(key);
    if (before != null) {
      live -= before.length + 1;
      changed.add(key);
      touched = true;
    }
  }

  /**
   * Writes the changes; to be called at the end of a turn. After a failure the next change tries
   * again.
   */
  public void flush() {
    if (!touched) {
      return;
    }
    boolean logged = failed;
    try {
      write();
    } catch (FileFault fault) {
      if (!logged) {
        warn.accept(
            fault.getMessage()
                + "; should usersvcd be killed now, the next one looks for services in /proc");
      }
    }
  }

  /** Writes the whole file if it is gone, or a write has failed. */
  public void restore() throws FileFault {
    if (descriptor == NONE ? failed : !isThere()) {
      close();
      write();
    }
  }

  private boolean isThere() throws FileFault {
    var found = files.linkStat(FileSystem.ABSOLUTE, path);
    return found != null && found.id().equals(files.stat(descriptor).id());
  }

  private void write() throws FileFault {
    touched = false;
    failed = true;
    try {
      byte[] news = news();
      if (descriptor == NONE || size + news.length > SPARE + SHARE * live) {
        writeAnew();
      } else {
        files.append(descriptor, news);
        size += news.length;
      }
      changed.clear();
      failed = false;
    } finally {
      if (failed) {
        close();
      }
    }
  }

  /** Whether the file has all records. */
  public boolean isWritten() {
    return !touched && !failed;
  }

  private byte[] news() {
    var news = new ByteArrayOutputStream();
    for (String key : changed) {
      var line = lines.get(key);
      news.writeBytes(line == null ? StateLines.gone(key) : line);
      news.write('\n');
    }
    return news.toByteArray();
  }

  private void writeAnew() throws FileFault {
    close();
    var all = new ByteArrayOutputStream();
    all.writeBytes(StateLines.of(header));
    all.write('\n');
    for (byte[] line : lines.values()) {
      all.writeBytes(line);
      all.write('\n');
    }
    files.replace(FileSystem.ABSOLUTE, path, all.toByteArray(), MODE);
    descriptor = files.openLockFile(FileSystem.ABSOLUTE, path);
    size = all.size();
    tries.end();
  }

  private void close() {
    if (descriptor != NONE) {
      files.close(descriptor);
      descriptor = NONE;
    }
  }

  /** The daemon has come to its regular end: there is nothing to remember. */
  public void delete() {
    close();
    try {
      files.remove(FileSystem.ABSOLUTE, path);
    } catch (FileFault fault) {
      warn.accept(fault.getMessage() + ", ignoring");
    }
  }
}
