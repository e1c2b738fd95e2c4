package org.usersvc.systemd.prepare;

import java.util.ArrayDeque;
import java.util.Deque;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Pieces;

/**
 * Removes a directory with all that is in it, in pieces; links are not followed. What cannot be
 * removed stays. <b>Loop thread only.</b>
 */
final class TreeRemoval implements Pieces.Work {
  private final FileSystem files;
  private final Runnable done;

  /** What is to be removed, the next one first. */
  private final Deque<Step> steps = new ArrayDeque<>();

  /**
   * One path.
   *
   * @param emptied whether its entries were to be removed before
   */
  private record Step(String path, boolean emptied) {}

  TreeRemoval(FileSystem files, Iterable<String> paths, Runnable done) {
    this.files = files;
    this.done = done;
    paths.forEach(path -> steps.add(new Step(path, false)));
  }

  @Override
  public boolean next() {
    var step = steps.poll();
    if (step == null) {
      done.run();
      return false;
    }
    try {
      perform(step);
    } catch (FileFault ignored) { // it stays
    }
    return true;
  }

  private void perform(Step step) throws FileFault {
    var found = files.linkStat(FileSystem.ABSOLUTE, step.path());
    if (found == null) {
      return;
    }
    if (found.kind() != Kind.DIRECTORY) {
      files.remove(FileSystem.ABSOLUTE, step.path());
    } else if (step.emptied()) {
      files.removeDirectory(FileSystem.ABSOLUTE, step.path());
    } else {
      steps.push(new Step(step.path(), true));
      for (String name : files.list(FileSystem.ABSOLUTE, step.path())) {
        steps.push(new Step(step.path() + "/" + name, false));
      }
    }
  }
}
