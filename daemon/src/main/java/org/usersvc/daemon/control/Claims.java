package org.usersvc.daemon.control;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;

/**
 * What this daemon alone of all the user's daemons supervises: service directories and scan
 * directories. A claim is the lock of one byte of a file that only the user can open, and that lies
 * outside the runtime directory: so it holds between instances, whatever becomes of that directory,
 * and nobody else can take it. It ends with the daemon. There are several such files, as the kernel
 * goes through all locks of a file for each new one. <b>Loop thread only.</b>
 */
public final class Claims {
  private static final int NONE = -1;
  private static final int FILES = 16;

  /** Offsets are positive, and the one after has to be, too. */
  private static final long HIGHEST = Long.MAX_VALUE - 1;

  private final FileSystem files;
  private final String path;
  private final int[] descriptors = new int[FILES];

  /** How many bytes of each are locked; a file without one is closed, but for the first. */
  private final int[] locked = new int[FILES];

  private final long boot;
  private boolean heard;
  private final Map<ServiceId, Integer> taken = new HashMap<>();

  private Claims(FileSystem files, String path, long boot) {
    this.files = files;
    this.path = path;
    this.boot = boot;
    this.heard = !path.isEmpty();
    Arrays.fill(descriptors, NONE);
  }

  /**
   * Claims in that file, which is made if it is not there, and others beside it.
   *
   * @param boot tells this boot of this machine from others: a home may be on several machines
   */
  public static Claims in(FileSystem files, String path, String boot) throws FileFault {
    var claims = new Claims(files, path, hash(boot));
    claims.descriptor(0);
    return claims;
  }

  /** Claims that nobody else hears of. */
  public static Claims unheard(FileSystem files) {
    return new Claims(files, "", 0);
  }

  /** The first of the files, which each of the user's daemons has open; empty for none. */
  public String path() {
    return path;
  }

  private static long hash(String boot) {
    long hash = 0;
    for (int i = 0; i < boot.length(); i++) {
      hash = mix(hash + boot.charAt(i));
    }
    return hash;
  }

  /** As of MurmurHash3: each bit of the result depends on all bits. */
  private static long mix(long value) {
    long once = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return twice ^ (twice >>> 33);
  }

  /** Two directories have the same one once in 10^18 times. */
  private long offset(ServiceId id) {
    return (mix(mix(boot + id.device()) + id.inode()) & Long.MAX_VALUE) % HIGHEST;
  }

  private static int number(long offset) {
    return (int) (offset % FILES);
  }

  private void closeUnused(long offset) {
    int number = number(offset);
    if (number != 0 && locked[number] == 0) {
      files.close(descriptors[number]);
      descriptors[number] = NONE;
    }
  }

  /** The file for this offset, which is opened at first. */
  private int descriptor(long offset) throws FileFault {
    int number = number(offset);
    if (descriptors[number] == NONE) {
      String file = number == 0 ? path : path + "." + number;
      descriptors[number] = files.openLockFile(FileSystem.ABSOLUTE, file);
    }
    return descriptors[number];
  }

  /**
   * Takes the directory, perhaps once more.
   *
   * @return false if another daemon has it
   * @throws FileFault if its file system has no locks; from now on nobody else hears of claims
   */
  public boolean take(ServiceId id) throws FileFault {
    if (heard && !taken.containsKey(id)) {
      long offset = offset(id);
      heard = false;
      boolean mine = files.lockByte(descriptor(offset), offset);
      heard = true;
      if (!mine) {
        closeUnused(offset);
        return false;
      }
      locked[number(offset)]++;
    }
    taken.merge(id, 1, Integer::sum);
    return true;
  }

  /** Gives it back as often as it was taken; one that was not is no error. */
  public void release(ServiceId id) {
    int times = taken.getOrDefault(id, 0);
    if (times > 1) {
      taken.put(id, times - 1);
    } else if (taken.remove(id) != null && heard) {
      long offset = offset(id);
      int number = number(offset);
      files.unlockByte(descriptors[number], offset);
      locked[number]--;
      closeUnused(offset);
    }
  }
}
