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
          Verb.HELP, Verb.ACTIVATE, Verb.DOCTOR, Verb.LINGER, Verb.LOG, Verb.NEW, Verb.VERIFY);

  private VerbLines() {}

  public static List<String> one() {
    return Arrays.stream(Verb.values())
        .filter(verb -> !ALONE.contains(verb))
        .map(verb -> verb.takes().fits(0) ? verb.word() : verb.word() + " foo")
        .toList();
  }
}
