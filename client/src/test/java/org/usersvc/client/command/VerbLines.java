package org.usersvc.client.command;

import java.util.Arrays;
import java.util.List;

/** A valid command line for each verb whose request has its name. */
public final class VerbLines {
  private VerbLines() {}

  public static List<String> one() {
    return Arrays.stream(Verb.values())
        .filter(verb -> verb != Verb.ACTIVATE && verb != Verb.LOG)
        .map(verb -> verb.takes().fits(0) ? verb.word() : verb.word() + " foo")
        .toList();
  }
}
