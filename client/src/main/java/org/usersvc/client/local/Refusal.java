package org.usersvc.client.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.NativeText;

/** Something cannot be done; the message says why, and what to do now. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  public Refusal(String message) {
    super(message);
  }

  /** {@code what}, as in "cannot make it", and the fault of the file system with its file. */
  public static Refusal of(String what, IOException fault) {
    return new Refusal(what + ": " + reason(fault));
  }

  /** The file and the reason, as C programs say it. */
  public static String reason(IOException fault) {
    @Nullable String file = fault instanceof FileSystemException known ? known.getFile() : null;
    return (file == null ? "" : NativeText.printable(file) + ": ") + bare(fault);
  }

  private static String bare(IOException fault) {
    if (fault instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return switch (fault) {
      case AccessDeniedException _ -> "Permission denied";
      case NoSuchFileException _ -> "No such file or directory";
      case FileAlreadyExistsException _ -> "File exists";
      case IOException other -> String.valueOf(other.getMessage());
    };
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
