package org.usersvc.daemon.supervise;

/**
 * What this daemon has of the one before it beyond the state file. A daemon that has replaced
 * itself by execve(2) still has its children and may have kept descriptors; one that follows a dead
 * one has neither. <b>Loop thread only.</b>
 */
public interface Inherited {
  /** What a daemon has that begins as a process of its own. */
  Inherited NOTHING =
      new Inherited() {
        @Override
        public boolean isSameProcess() {
          return false;
        }

        @Override
        public int take(String role) {
          return -1;
        }
      };

  /** Whether the earlier daemon was this very process: its children are still children of ours. */
  boolean isSameProcess();

  /**
   * A descriptor that was kept over the exec; whoever takes it owns it.
   *
   * @param role what it was for, as {@code pipe 801-2f}
   * @return -1 if there is none
   */
  int take(String role);
}
