package org.usersvc.daemon.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kernel's limits for a process, by the names of limits.conf(5) and prlimit(1). */
public enum Resource {
  CPU,
  FSIZE,
  DATA,
  STACK,
  CORE,
  RSS,
  NPROC,
  NOFILE,
  MEMLOCK,
  AS,
  LOCKS,
  SIGPENDING,
  MSGQUEUE,
  RTPRIO,
  RTTIME;

  /** The name in lower case: {@code nofile}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The resource of that name, null if there is none. */
  public static @Nullable Resource ofWord(String word) {
    for (var resource : values()) {
      if (resource.word().equals(word)) {
        return resource;
      }
    }
    return null;
  }
}
