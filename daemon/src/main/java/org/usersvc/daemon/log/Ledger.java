package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;

/**
 * The batches that are being written, in a file mapped into memory: the kernel keeps it whenever
 * the daemon is killed. Each pipe has one slot. <b>Logger's thread only.</b>
 *
 * <p>The steps of a batch: peek into the pipe; enter the batch here; append to {@code current};
 * empty the pipe, by a call that puts the last byte into the slot; clear the slot. By that byte the
 * next daemon knows whether the pipe was emptied. If it was not, and the pipe still begins with
 * those bytes, the appended bytes are cut off and the batch begins anew.
 *
 * <p>The header is 64 bytes: the name of the format. A slot is 64 bytes in the machine's byte
 * order: device, inode, offset of {@code current} before the batch, its device and inode (8 each),
 * length appended, CRC-32 of the raw bytes, raw length (4 each; 0: no batch), the last raw byte,
 * and the byte that the emptying call sets to it.
 */
final class Ledger {
  /** One batch on its way from the pipe to the file. */
  record Batch(ServiceId file, long offset, int appended, int crc, int raw, byte last) {}

  private static final byte[] FORMAT = "usersvc ledger 1\n".getBytes(US_ASCII);
  private static final int SLOT = 64;
  private static final int INODE = 8;
  private static final int OFFSET = 16;
  private static final int FILE_DEVICE = 24;
  private static final int FILE_INODE = 32;
  private static final int APPENDED = 40;
  private static final int CRC = 44;
  private static final int RAW = 48;
  private static final int LAST = 52;
  private static final int TAKEN = 53;
  private static final int STEP = 64 * SLOT;

  private @Nullable FileChannel channel;
  private @Nullable ServiceId file;
  private ByteBuffer memory;
  private final Map<ServiceId, Slot> slots = new HashMap<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  private Ledger(@Nullable FileChannel channel, ByteBuffer memory) {
    this.channel = channel;
    this.memory = memory.order(ByteOrder.nativeOrder());
    for (int at = SLOT; at < memory.capacity(); at += SLOT) {
      var id = new ServiceId(memory.getLong(at), memory.getLong(at + INODE));
      if (id.inode() == 0) {
        free.add(at);
      } else {
        slots.put(id, new Slot(id, at));
      }
    }
  }

  /** A ledger that does not outlive the process. */
  static Ledger inMemory() {
    return new Ledger(null, ByteBuffer.allocateDirect(STEP));
  }

  /**
   * Opens the ledger in that file, made if absent. A file of another format is renamed.
   *
   * @return null if a file of another format was there; its name is {@code path.old} now
   */
  static @Nullable Ledger open(FileSystem files, String path) throws IOException {
    int descriptor = files.openLockFile(FileSystem.ABSOLUTE, path);
    try {
      var channel = open(descriptor);
      if (channel.size() == 0) {
        extend(channel, STEP);
      } else if (!isOurs(channel)) {
        channel.close();
        files.rename(FileSystem.ABSOLUTE, path, path + ".old");
        return null;
      }
      var ledger = new Ledger(channel, map(channel, length(channel)));
      ledger.file = files.stat(descriptor).id();
      return ledger;
    } finally {
      files.close(descriptor);
    }
  }

  /**
   * Moves to a new file at that path, with all entries, unless its own file is there.
   *
   * @throws IOException if the new file cannot be made; the old one stays in use
   */
  void settle(FileSystem files, String path) throws IOException {
    if (isAt(files, path)) {
      return;
    }
    String fresh = path + ".new";
    files.remove(FileSystem.ABSOLUTE, fresh);
    int descriptor = files.openLockFile(FileSystem.ABSOLUTE, fresh);
    try {
      var next = open(descriptor);
      var all = memory.duplicate().clear();
      var copy = ByteBuffer.allocate(all.capacity()).put(all).put(0, FORMAT).clear();
      while (copy.hasRemaining()) {
        next.write(copy, copy.position());
      }
      files.rename(FileSystem.ABSOLUTE, fresh, path);
      memory = map(next, length(next)).order(ByteOrder.nativeOrder());
      close();
      channel = next;
      file = files.stat(descriptor).id();
    } catch (IOException fault) {
      files.remove(FileSystem.ABSOLUTE, fresh);
      throw fault;
    } finally {
      files.close(descriptor);
    }
  }

  private boolean isAt(FileSystem files, String path) throws IOException {
    var found = files.linkStat(FileSystem.ABSOLUTE, path);
    return found != null && found.id().equals(file);
  }

  /** Opens a file by its descriptor, as a Path cannot hold every name. */
  private static FileChannel open(int descriptor) throws IOException {
    return FileChannel.open(
        Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    var header = ByteBuffer.allocate(FORMAT.length);
    channel.read(header, 0);
    return channel.size() % SLOT == 0 && header.flip().equals(ByteBuffer.wrap(FORMAT));
  }

  /** Writes real bytes, not a hole: the kernel kills a process if it cannot fill mapped memory. */
  private static void extend(FileChannel channel, int by) throws IOException {
    long from = channel.size();
    var zeros = ByteBuffer.allocate(by);
    if (from == 0) {
      zeros.put(FORMAT).clear();
    }
    try {
      while (zeros.hasRemaining()) {
        channel.write(zeros, from + zeros.position());
      }
    } catch (IOException fault) {
      channel.truncate(from);
      throw fault;
    }
  }

  /** Maps that much of the file; a file that was cut meanwhile gets the length again. */
  private static ByteBuffer map(FileChannel channel, long length) throws IOException {
    return channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
  }

  /** The length in whole slots, and at least that of a new file. */
  private static long length(FileChannel channel) throws IOException {
    long size = channel.size();
    return Math.max(size - size % SLOT, STEP);
  }

  /** The slot that an earlier daemon or this one has taken for a pipe; null if there is none. */
  @Nullable Slot find(ServiceId id) {
    return slots.get(id);
  }

  /** Takes a slot for a pipe. */
  Slot take(ServiceId id) throws IOException {
    if (free.isEmpty()) {
      grow();
    }
    var slot = new Slot(id, free.remove());
    slot.enterPipe();
    slots.put(id, slot);
    return slot;
  }

  private void grow() throws IOException {
    int from = memory.capacity();
    if (channel == null) {
      memory = ByteBuffer.allocateDirect(from + STEP).put(memory.clear());
    } else {
      extend(channel, STEP);
      memory = map(channel, (long) from + STEP);
    }
    memory.order(ByteOrder.nativeOrder());
    for (int at = from; at < memory.capacity(); at += SLOT) {
      free.add(at);
    }
  }

  /**
   * Gives a file that was cut its length again: memory behind its end must not be touched. The
   * file's content is lost, but no batch is on its way at this time.
   *
   * @throws IOException if that fails: the ledger does not outlive the process from now on
   */
  void mend() throws IOException {
    var cut = channel;
    int length = memory.capacity();
    if (cut == null || cut.size() >= length) {
      return;
    }
    try {
      cut.truncate(0);
      extend(cut, length);
    } catch (IOException fault) {
      memory = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
      channel = null;
      throw fault;
    } finally {
      slots.values().forEach(Slot::enterPipe);
    }
  }

  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException ignored) { // the memory has all entries
      free.clear();
    }
  }

  /** The slot of one pipe. */
  final class Slot {
    private final ServiceId id;
    private final int at;

    private Slot(ServiceId id, int at) {
      this.id = id;
      this.at = at;
    }

    private void enterPipe() {
      memory.putInt(at + RAW, 0);
      memory.putLong(at, id.device());
      memory.putLong(at + INODE, id.inode());
    }

    /** Enters a batch. The length is written last: until then there is no batch. */
    void enter(Batch batch) {
      memory.putLong(at + OFFSET, batch.offset());
      memory.putLong(at + FILE_DEVICE, batch.file().device());
      memory.putLong(at + FILE_INODE, batch.file().inode());
      memory.putInt(at + APPENDED, batch.appended());
      memory.putInt(at + CRC, batch.crc());
      memory.put(at + LAST, batch.last());
      memory.put(at + TAKEN, (byte) ~batch.last());
      VarHandle.releaseFence();
      memory.putInt(at + RAW, batch.raw());
      VarHandle.releaseFence();
    }

    /** The batch that was entered and not cleared, null if there is none. */
    @Nullable Batch pending() {
      int raw = memory.getInt(at + RAW);
      if (raw <= 0) {
        return null;
      }
      var file = new ServiceId(memory.getLong(at + FILE_DEVICE), memory.getLong(at + FILE_INODE));
      return new Batch(
          file,
          memory.getLong(at + OFFSET),
          memory.getInt(at + APPENDED),
          memory.getInt(at + CRC),
          raw,
          memory.get(at + LAST));
    }

    /** Whether the pipe was emptied of the batch. */
    boolean isTaken() {
      return memory.get(at + TAKEN) == memory.get(at + LAST);
    }

    /** The memory that receives the last byte when the pipe is emptied. */
    ByteBuffer memory() {
      return memory;
    }

    int indexOfTaken() {
      return at + TAKEN;
    }

    void clear() {
      VarHandle.releaseFence();
      memory.putInt(at + RAW, 0);
      VarHandle.releaseFence();
    }

    /** Gives the slot back: the pipe has gone. */
    void release() {
      clear();
      memory.putLong(at + INODE, 0);
      slots.remove(id);
      free.add(at);
    }
  }
}
