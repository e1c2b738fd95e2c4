package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LogFiles;

/** Moves batches of one pipe into its directory, each exactly once. */
final class BatchMover {
  private final LogContext desk;
  private LogSource source;
  private final LogFiles logs;
  private final byte[] raw;
  private final LineStamper stamper;
  private Ledger.@Nullable Slot slot;
  private @Nullable LogDirectory directory;
  private boolean rotationDue;

  /** Whether the batch of an earlier daemon has been finished. */
  private boolean begun;

  private boolean more;
  private long dropped;
  private long lastDropped;
  private String whyDropped = "";

  BatchMover(LogContext desk, LogSource source) {
    this.desk = desk;
    this.source = source;
    this.logs = desk.logs();
    this.raw = desk.buffers().raw();
    this.stamper = new LineStamper(desk.buffers().out());
    this.slot = desk.ledger().find(source.id());
  }

  /** Whether an earlier daemon left an unfinished batch. */
  boolean isUnfinished() {
    return slot != null && slot.pending() != null;
  }

  /**
   * Moves the pipe's content, or a part of it.
   *
   * @return how many bytes, 0 if the pipe is empty
   */
  int move() throws IOException {
    more = false;
    if (directory == null && !isUnfinished() && logs.peek(source.pipe(), raw) == 0) {
      return 0;
    }
    return moveTo(open());
  }

  private int moveTo(LogDirectory place) throws IOException {
    mendLedger();
    var entry = slot();
    place.follow();
    place.prepare(stamper);
    int length = logs.peek(source.pipe(), raw);
    if (length == 0) {
      return 0;
    }
    if (rotationDue && place.size() > 0 && stamper.mayChangeFile()) {
      rotate(place);
    }
    int used = stamp(place, length);
    if (used == 0) {
      rotate(place);
      used = stamp(place, length);
    }
    append(place, entry, used);
    stamper.commit();
    more = used < length;
    lastDropped = dropped;
    dropped = 0;
    return used;
  }

  /** Whether the last move has left bytes in the pipe. */
  boolean hasMore() {
    return more;
  }

  private int stamp(LogDirectory place, int length) {
    stamper.begin(source.format().stamp(desk.loop().clock().wall()));
    if (dropped > 0) {
      String line = "usersvcd: " + dropped + " lines dropped, " + whyDropped;
      stamper.insert(line.getBytes(US_ASCII));
    }
    return stamper.add(raw, length, place.room(), place.size() == 0);
  }

  private void append(LogDirectory place, Ledger.Slot entry, int used) throws FileFault {
    int length = stamper.length();
    entry.enter(
        new Ledger.Batch(place.identity(), place.size(), length, crc(used), used, raw[used - 1]));
    try {
      place.append(desk.buffers().out(), length);
    } catch (FileFault fault) {
      entry.clear();
      throw fault;
    }
    logs.take(source.pipe(), used, entry.memory(), entry.indexOfTaken());
    entry.clear();
  }

  private int crc(int length) {
    var crc = new CRC32();
    crc.update(raw, 0, length);
    return (int) crc.getValue();
  }

  private void mendLedger() {
    try {
      desk.ledger().mend();
    } catch (IOException fault) {
      desk.troubles().withoutLedger(source.name(), fault);
    }
  }

  private Ledger.Slot slot() throws IOException {
    if (slot == null) {
      slot = newSlot();
    }
    return slot;
  }

  private Ledger.Slot newSlot() throws IOException {
    try {
      return desk.ledger().take(source.id());
    } catch (IOException fault) {
      desk.troubles().withoutLedger(source.name(), fault);
      return Ledger.inMemory().take(source.id());
    }
  }

  private LogDirectory open() throws IOException {
    if (directory != null) {
      return directory;
    }
    var opened = LogDirectory.open(desk.files(), logs, desk.tree(), source.name());
    try {
      if (slot != null && !begun) {
        goOn(opened, slot);
      }
      begun = true;
      directory = opened;
    } finally {
      if (directory == null) {
        opened.close();
      }
    }
    return opened;
  }

  /** Goes on where an earlier daemon stopped: in the middle of a line, or of a batch. */
  private void goOn(LogDirectory opened, Ledger.Slot entry) throws FileFault {
    finish(opened, entry);
    opened.resume(stamper);
  }

  /** Cuts off the appended bytes of a batch that is still in the pipe. */
  private void finish(LogDirectory opened, Ledger.Slot entry) throws FileFault {
    var batch = entry.pending();
    if (batch == null) {
      return;
    }
    boolean untouched =
        batch.file().equals(opened.identity())
            && opened.size() >= batch.offset()
            && opened.size() <= batch.offset() + batch.appended();
    if (untouched && !entry.isTaken() && isStillThere(batch)) {
      opened.cut(batch.offset());
    }
    entry.clear();
  }

  private boolean isStillThere(Ledger.Batch batch) throws FileFault {
    return batch.raw() <= raw.length
        && logs.peek(source.pipe(), raw) >= batch.raw()
        && crc(batch.raw()) == batch.crc();
  }

  private void rotate(LogDirectory place) throws FileFault {
    place.rotate();
    place.prepare(stamper);
    rotationDue = false;
  }

  /** Rotates {@code current} as soon as a line ends. */
  void rotateSoon() {
    rotationDue = true;
    if (directory != null && directory.size() > 0 && stamper.mayChangeFile()) {
      try {
        rotate(directory);
      } catch (FileFault ignored) { // the next batch tries again, and logs its failure
        rotationDue = true;
      }
    }
  }

  /**
   * Drops the pipe's content; the next batch logs how many lines.
   *
   * @return how many bytes
   */
  int drop(IOException why) throws IOException {
    int length = logs.peek(source.pipe(), raw);
    if (length == 0) {
      return 0;
    }
    var entry = slot();
    entry.clear();
    logs.take(source.pipe(), length, entry.memory(), entry.indexOfTaken());
    whyDropped = LogComplaints.reason(why);
    for (int i = 0; i < length; i++) {
      dropped += raw[i] == '\n' ? 1 : 0;
    }
    dropped += raw[length - 1] == '\n' ? 0 : 1;
    if (!stamper.mayChangeFile()) {
      stamper.breakLine();
    }
    return length;
  }

  /** How many lines have been dropped and not yet logged as such. */
  long dropped() {
    return dropped;
  }

  /** How many dropped lines the last batch has logged. */
  long lastDropped() {
    return lastDropped;
  }

  /** Removes one old file because the disk is full; false if none may be removed. */
  boolean makeRoom() throws FileFault {
    return desk.tree().makeRoom(source.name());
  }

  /** The age at which {@code current} is rotated; zero: never. */
  Duration age() {
    return directory == null ? Duration.ZERO : directory.limits().age();
  }

  int rotations() {
    return directory == null ? 0 : directory.rotations();
  }

  /** Writes later lines to the directory of that name. */
  void rename(String name) {
    close(false);
    source = source.named(name);
  }

  String name() {
    return source.name();
  }

  /**
   * Closes the directory.
   *
   * @param forGood whether the pipe ends, too
   */
  void close(boolean forGood) {
    if (directory != null) {
      directory.close();
      directory = null;
    }
    if (forGood && slot != null) {
      slot.release();
      slot = null;
    }
  }
}
