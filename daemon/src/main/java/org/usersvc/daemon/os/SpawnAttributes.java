package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

/** The attributes of every child: its own session, default dispositions, an empty mask. */
final class SpawnAttributes {
  private static final Libc.Function INIT = function("posix_spawnattr_init");
  private static final Libc.Function SET_FLAGS = function("posix_spawnattr_setflags");
  private static final Libc.Function SET_DEFAULT = function("posix_spawnattr_setsigdefault");
  private static final Libc.Function SET_MASK = function("posix_spawnattr_setsigmask");
  private static final int SIGDEF = 0x04;
  private static final int SIGMASK = 0x08;
  private static final int SETSID = 0x80;
  private static final int SIZE = 512; // 336 bytes in glibc and musl
  private static final int SIGSET_SIZE = 128;

  private final long address;

  SpawnAttributes() {
    var libc = new Libc();
    var memory = new Scratch(SIZE + SIGSET_SIZE);
    address = memory.take(SIZE);
    long set = memory.take(SIGSET_SIZE);
    libc.call(INIT, address);
    libc.call(SET_FLAGS, address, SIGDEF | SIGMASK | SETSID);
    memory.fill(set, SIGSET_SIZE, 0);
    libc.call(SET_MASK, address, set);
    memory.putLong(set, -1L); // signals 1 to 64, those of the C library included
    libc.call(SET_DEFAULT, address, set);
  }

  long address() {
    return address;
  }
}
