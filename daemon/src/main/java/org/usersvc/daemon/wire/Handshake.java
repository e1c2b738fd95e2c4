package org.usersvc.daemon.wire;

/**
 * One side of the authentication that comes before the first message. Pure: lines in, lines out.
 * Lines are ASCII and come without their CR LF.
 */
interface Handshake {
  /** The most bytes that a line may have. */
  int LONGEST_LINE = 1024;

  /** The first text of this side. */
  String greeting();

  /** The step that follows a line of the other side. */
  Step line(String line);

  /** The step after a line; its text ends in CR LF, or is empty. */
  sealed interface Step {
    /** More lines are to come. */
    record More(String say) implements Step {}

    /**
     * All further input is messages.
     *
     * @param guid of the server
     */
    record Done(String say, String guid) implements Step {}

    /** The connection is to be given up. */
    record Refused(String reason) implements Step {}
  }
}
