package org.usersvc.client.command;

/**
 * The first words after {@code session} and {@code env}, for the help: the daemon itself parses
 * them.
 */
enum SubVerb {
  REGISTER(
      Verb.SESSION,
      "register",
      "[VAR | VAR=VALUE]...",
      "bring variables to the services, until the leader of the session ends; the usual ones"
          + " (DISPLAY, WAYLAND_DISPLAY, ...) and those that are named"),
  LIST(Verb.SESSION, "list", "", "show a table of the sessions"),
  SHOW(Verb.SESSION, "show", "[ID]", "show a session and its variables"),
  UNREGISTER(Verb.SESSION, "unregister", "[ID]", "end a session and take its variables away"),
  SET(Verb.ENV, "set", "VAR=VALUE...", "set variables"),
  UNSET(Verb.ENV, "unset", "VAR...", "unset variables"),
  IMPORT(Verb.ENV, "import", "VAR...", "set variables as this process has them"),
  SOURCES(Verb.ENV, "sources", "", "show where each variable comes from"),
  DIFF(Verb.ENV, "diff", "SERVICE", "show what a restart of the service would change for it");

  private final Verb verb;
  private final String word;
  private final String operands;
  private final String summary;

  SubVerb(Verb verb, String word, String operands, String summary) {
    this.verb = verb;
    this.word = word;
    this.operands = operands;
    this.summary = summary;
  }

  Verb verb() {
    return verb;
  }

  String word() {
    return word;
  }

  String operands() {
    return operands;
  }

  String summary() {
    return summary;
  }
}
