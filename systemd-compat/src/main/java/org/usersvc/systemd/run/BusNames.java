package org.usersvc.systemd.run;

/** The names that programs own on the buses. <b>Loop thread only.</b> */
public interface BusNames {
  /**
   * Notifies of the owners of a name from now on.
   *
   * @param owned run when the name has got an owner; soon, if it has one now
   * @param lost run when it has no owner any more
   * @return ends that
   */
  Runnable watch(String name, Runnable owned, Runnable lost);
}
