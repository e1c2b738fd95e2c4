package org.usersvc.daemon.control;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;

/**
 * The claims of this daemon on service directories and scan directories, against the user's other
 * daemons. A claim is the lock of one byte of a file that only the user can open, outside the
 * runtime directory: so it holds between instances, whatever happens to that directory, and no
 * other user can take it. It ends with the daemon. There are several such files, as the kernel goes
 * through all locks of a file for each new one. <b>Loop thread only.</b>
 */
public final class Claims {
  private static final int NONE = -1;
  private static final int FILES = 16;

  /** Offsets are positive, and so must be the next one. */
  private static final long HIGHEST = Long.MAX_VALUE - 1;

  private final FileSystem files;
  private final String path;
  private final int[] descriptors = new int[FILES];

  /** How many bytes of each file are locked; a file without one is closed, except the first. */
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
   * Opens the claims in that file, made if absent, and in others beside it.
   *
   * @param boot distinguishes this boot of this machine: several machines may share a home
   */
  public static Claims in(FileSystem files, String path, String boot) throws FileFault {
    var claims = new Claims(files, path, hash(boot));
    claims.descriptor(0);
    return claims;
  }

  /** Claims that other daemons cannot see. */
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

  /** As in MurmurHash3: each bit of the result depends on all bits. */
  private static long mix(long value) {
    long once = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return twice ^ (twice >>> 33);
  }

  /** The byte of a directory; two directories have the same one once in 10^18 times. */
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

  /** The file for this offset; opens it if necessary. */
  private int descriptor(long offset) throws FileFault {
    int number = number(offset);
    if (descriptors[number] == NONE) {
      String file = number == 0 ? path : path + "." + number;
      descriptors[number] = files.openLockFile(FileSystem.ABSOLUTE, file);
    }
    return descriptors[number];
  }

  /**
   * Takes the directory, once more if it is taken already.
   *
   * @return false if another daemon has it
   * @throws FileFault if its file system has no locks; from now on other daemons cannot see claims
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

  /** Gives a directory back, once for each {@link #take}; without one it does nothing. */
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
