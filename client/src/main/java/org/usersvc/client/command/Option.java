package org.usersvc.client.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code usersvc}, in the order of the help. */
enum Option {
  WAIT("-w", null, "SECONDS", "wait so long, 0 to 86400 (default: SVWAIT, else 7)"),
  JSON("--json", null, null, "print JSON documents, one a line"),
  QUIET("-q", null, null, "print nothing on standard output"),
  CHECK("--check", null, null, "exit 3 if one of the services is not running"),
  INSTANCE("--instance", null, "NAME", "ask this instance (default: USERSVC_INSTANCE)"),
  HELP("--help", "-h", null, "show this help; after a verb: its help"),
  VERSION("--version", "-V", null, "show the version of this client");

  private final String word;
  private final @Nullable String shortWord;
  private final @Nullable String value;
  private final String description;

  Option(String word, @Nullable String shortWord, @Nullable String value, String description) {
    this.word = word;
    this.shortWord = shortWord;
    this.value = value;
    this.description = description;
  }

  String word() {
    return word;
  }

  /** Whether it does anything for {@code verb}. */
  boolean concerns(Verb verb) {
    return switch (this) {
      case WAIT -> verb.waits();
      case CHECK -> verb == Verb.STATUS;
      case JSON, QUIET, INSTANCE, HELP -> true;
      case VERSION -> false;
    };
  }

  OptionSpec spec() {
    OptionSpec.Builder spec =
        shortWord == null ? OptionSpec.builder(word) : OptionSpec.builder(shortWord, word);
    spec.description(description);
    return value == null
        ? spec.type(boolean.class).build()
        : spec.type(String.class).paramLabel(value).build();
  }
}
