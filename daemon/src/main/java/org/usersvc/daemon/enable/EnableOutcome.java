package org.usersvc.daemon.enable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of enabling a service. */
public sealed interface EnableOutcome {
  /** The service is in the scan directory now. */
  record Enabled(String from) implements EnableOutcome {}

  /** The service was there before; nothing was changed. */
  record AlreadyEnabled(String from) implements EnableOutcome {}

  /**
   * The service was there before, and its links lead to the present files of the definition and of
   * the user again; some did not.
   */
  record Renewed(String from) implements EnableOutcome {}

  /**
   * A service of that name is enabled, but from another place; nothing was changed.
   *
   * @param other the path that it was made of
   * @param wanted the path of the available service that counts now
   */
  record EnabledFromElsewhere(String other, String wanted) implements EnableOutcome {}

  /**
   * A file that was not made by enabling has a needed name; nothing was changed.
   *
   * @param entry its path in the scan directory
   */
  record InTheWay(String entry) implements EnableOutcome {}

  /**
   * There is no available service of that name.
   *
   * @param looked the directories that were searched
   * @param near the name of an available service that is most like it, null if none is
   */
  record NotAvailable(List<String> looked, @Nullable String near) implements EnableOutcome {}

  /**
   * The user or the administrator has masked the name.
   *
   * @param link to {@code /dev/null}
   */
  record Masked(String link) implements EnableOutcome {}

  /** The name cannot be that of a service. */
  record NotAName() implements EnableOutcome {}

  /**
   * A file could not be read or written.
   *
   * @param reason the file and the reason
   */
  record Failed(String reason) implements EnableOutcome {}
}
