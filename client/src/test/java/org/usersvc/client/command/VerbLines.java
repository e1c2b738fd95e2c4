package org.usersvc.client.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A valid command line for each verb that the small client serves by itself. */
public final class VerbLines {
  /** Only the Java client serves these. */
  private static final Set<Verb> ALONE =
      EnumSet.of(
          Verb.ACTIVATE,
          Verb.CAT,
          Verb.DOCTOR,
          Verb.EDIT,
          Verb.HELP,
          Verb.INSTANCES,
          Verb.LINGER,
          Verb.LOG,
          Verb.MASK,
          Verb.NEW,
          Verb.OVERRIDE,
          Verb.RUN,
          Verb.STOP_DAEMON,
          Verb.TOP,
          Verb.UNMASK,
          Verb.VERIFY,
          Verb.VERSION);

  private VerbLines() {}

  public static List<String> one() {
    return Arrays.stream(Verb.values())
        .filter(verb -> !ALONE.contains(verb))
        .map(verb -> verb.takes().fits(0) ? verb.word() : verb.word() + " foo")
        .toList();
  }
}
