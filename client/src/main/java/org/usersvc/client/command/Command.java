package org.usersvc.client.command;

import java.util.Map;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/** A parsed command line. */
public sealed interface Command
    permits Ask,
        Activate,
        ExamineLogin,
        ExamineLogin.Everything,
        Linger,
        Register,
        OnFiles,
        PrintText,
        RunOnce,
        ShowLog,
        Verify,
        Versions {
  /** Executes it; returns the exit status. */
  int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException;
}
