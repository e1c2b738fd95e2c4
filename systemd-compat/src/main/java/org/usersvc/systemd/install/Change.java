package org.usersvc.systemd.install;

/**
 * One line of the answer to a request.
 *
 * @param path what changes; a unit's name if nothing does
 * @param source where a new link leads; empty if there is none
 */
public record Change(Kind kind, String path, String source) {
  /** What happens. */
  public enum Kind {
    SYMLINK("symlink"),
    UNLINK("unlink"),
    /** The unit at the path is masked, so that nothing is done to it. */
    IS_MASKED("masked"),
    /** The new link makes a unit depend on one that has no file. */
    DESTINATION_NOT_PRESENT("destination not present"),
    /** A unit of {@code Also=} cannot be enabled. */
    AUXILIARY_FAILED("auxiliary unit failed");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word of D-Bus. */
    public String word() {
      return word;
    }
  }

  static Change link(String path, String target) {
    return new Change(Kind.SYMLINK, path, target);
  }

  static Change removal(String path) {
    return new Change(Kind.UNLINK, path, "");
  }
}
