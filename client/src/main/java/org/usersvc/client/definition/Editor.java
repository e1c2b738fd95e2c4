package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.Path;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;

/** The user's editor, which may be a command line with options. */
final class Editor {
  private static final int NOT_FOUND = 127;
  private static final int SIGNALLED = 128;

  private Editor() {}

  /** Waits until the user has left it; refuses if it did not end well. */
  static void edit(Desk desk, Path file) throws Refusal, LostOutputException {
    String editor = desk.value("VISUAL", desk.value("EDITOR", "vi"));
    desk.console().output().flush();
    int status = run(editor, file);
    if (status == NOT_FOUND) {
      throw new Refusal(
          "cannot run the editor '" + editor + "'; set VISUAL or EDITOR. Nothing was changed");
    }
    if (status > SIGNALLED) {
      throw new Refusal(
          "the editor "
              + editor
              + " was killed by signal "
              + (status - SIGNALLED)
              + "; nothing was"
              + " changed");
    }
    if (status != 0) {
      throw new Refusal("the editor " + editor + " ended with " + status + "; nothing was changed");
    }
  }

  /** A shell reads its words, as git and others do it. */
  private static int run(String editor, Path file) throws Refusal {
    var words = new String[] {"/bin/sh", "-c", editor + " \"$@\"", editor, NativePath.text(file)};
    try {
      return new ProcessBuilder(words).inheritIO().start().waitFor();
    } catch (IOException fault) {
      throw Refusal.of("cannot run the editor " + editor, fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("interrupted; nothing was changed");
    }
  }
}
