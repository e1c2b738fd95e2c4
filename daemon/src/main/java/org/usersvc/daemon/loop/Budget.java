package org.usersvc.daemon.loop;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bound of memory that many owners share. When it is exceeded, the owner with the largest share
 * is dropped, so that a large one cannot shut out the others. <b>Loop thread only.</b>
 */
public final class Budget {
  /** The first of many drops is logged at once, the number of the others after this time. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** So many of the others are named. */
  private static final int MOST_NAMES = 10;

  private final Set<Share> shares = new HashSet<>();
  private final long most;
  private final Timers timers;
  private final Consumer<String> messages;
  private long taken;
  private boolean quiet;
  private int unlogged;
  private final Set<String> namesUnlogged = new LinkedHashSet<>();

  /** The owner of a share. */
  public interface Owner {
    /** The name for the user, as the subject of a sentence. */
    String describe();

    /** Must free its memory at once. */
    void drop();
  }

  /**
   * Begins with all memory free.
   *
   * @param most in bytes
   * @param messages logs the drops
   */
  public Budget(long most, Timers timers, Consumer<String> messages) {
    this.most = most;
    this.timers = timers;
    this.messages = messages;
  }

  /** The memory of one owner. */
  public final class Share {
    private final Owner owner;
    private long size;

    private Share(Owner owner) {
      this.owner = owner;
    }

    /**
     * To be called after each change of the owner's memory. The owner with the largest share, which
     * may be this one, may be dropped before this returns.
     *
     * @param bytes all that the owner has now
     */
    public void has(long bytes) {
      taken += bytes - size;
      size = bytes;
      if (bytes == 0) {
        shares.remove(this);
      } else {
        shares.add(this);
      }
      while (taken > most) {
        dropLargest();
      }
    }
  }

  /** A share of an owner that has no memory yet. */
  public Share share(Owner owner) {
    return new Share(owner);
  }

  private void dropLargest() {
    Share largest = largest();
    if (largest == null) {
      throw new IllegalStateException(taken + " bytes are taken by nobody");
    }
    long size = largest.size;
    largest.has(0);
    log(largest.owner.describe(), size);
    largest.owner.drop();
  }

  private @Nullable Share largest() {
    Share largest = null;
    for (var share : shares) {
      if (largest == null || share.size > largest.size) {
        largest = share;
      }
    }
    return largest;
  }

  private void log(String who, long size) {
    if (quiet) {
      unlogged++;
      if (namesUnlogged.size() < MOST_NAMES) {
        namesUnlogged.add(who);
      }
      return;
    }
    quiet = true;
    timers.after(QUIET, this::logRest);
    messages.accept(
        "%s has %d KiB of the %d KiB that all of its kind may have together, dropping it"
            .formatted(who, size / 1024, most / 1024));
  }

  private void logRest() {
    quiet = false;
    if (unlogged > 0) {
      String some = unlogged > namesUnlogged.size() ? "; among them " : ": ";
      messages.accept(
          "%d more were dropped, for the same reason%s%s"
              .formatted(unlogged, some, String.join(", ", namesUnlogged)));
      unlogged = 0;
      namesUnlogged.clear();
    }
  }

  /** How much memory is taken, in bytes. */
  public long taken() {
    return taken;
  }
}
