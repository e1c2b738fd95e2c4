package org.usersvc.client.command;

import java.util.Arrays;
import java.util.List;

/** A valid command line for each verb. */
public final class VerbLines {
  private VerbLines() {}

  public static List<String> one() {
    return Arrays.stream(Verb.values())
        .map(verb -> verb.takes().fits(0) ? verb.word() : verb.word() + " foo")
        .toList();
  }
}
