package org.usersvc.daemon.control;

import java.util.HashMap;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;

/**
 * What this daemon alone of all the user's daemons supervises: service directories and scan
 * directories. A claim is the lock of one byte of a file that only the user can open, and that lies
 * outside the runtime directory: so it holds between instances, whatever becomes of that directory,
 * and nobody else can take it. It ends with the daemon. <b>Loop thread only.</b>
 */
public final class Claims {
  private static final int NONE = -1;

  /** Offsets are positive, and the one after has to be, too. */
  private static final long HIGHEST = Long.MAX_VALUE - 1;

  private final FileSystem files;
  private final String path;
  private int descriptor;
  private final long boot;
  private final Map<ServiceId, Integer> taken = new HashMap<>();

  private Claims(FileSystem files, String path, int descriptor, long boot) {
    this.files = files;
    this.path = path;
    this.descriptor = descriptor;
    this.boot = boot;
  }

  /**
   * Claims in that file, which is made if it is not there.
   *
   * @param boot tells this boot of this machine from others: a home may be on several machines
   */
  public static Claims in(FileSystem files, String path, String boot) throws FileFault {
    return new Claims(files, path, files.openLockFile(FileSystem.ABSOLUTE, path), hash(boot));
  }

  /** Claims that nobody else hears of. */
  public static Claims unheard(FileSystem files) {
    return new Claims(files, "", NONE, 0);
  }

  /** The file, that each of the user's daemons has open; empty for none. */
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

  /**
   * Takes the directory, perhaps once more.
   *
   * @return false if another daemon has it
   * @throws FileFault if its file system has no locks; from now on nobody else hears of claims
   */
  public boolean take(ServiceId id) throws FileFault {
    try {
      if (descriptor != NONE && !taken.containsKey(id) && !files.lockByte(descriptor, offset(id))) {
        return false;
      }
    } catch (FileFault fault) {
      descriptor = NONE;
      throw fault;
    }
    taken.merge(id, 1, Integer::sum);
    return true;
  }

  /** Gives it back as often as it was taken; one that was not is no error. */
  public void release(ServiceId id) {
    int times = taken.getOrDefault(id, 0);
    if (times > 1) {
      taken.put(id, times - 1);
    } else if (taken.remove(id) != null && descriptor != NONE) {
      files.unlockByte(descriptor, offset(id));
    }
  }
}
