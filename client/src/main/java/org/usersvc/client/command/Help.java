package org.usersvc.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The help texts and the version of the client. */
final class Help {
  private static final String HEADING = "Usage: ";

  private Help() {}

  /** A line: the version, the commit, as the launcher says, and what it runs on. */
  static String version() {
    try (InputStream text = Help.class.getResourceAsStream("version.txt")) {
      return "%s (commit %s, %s)%n"
          .formatted(
              new String(Objects.requireNonNull(text).readAllBytes(), UTF_8).strip(),
              System.getProperty("usersvc.commit", "unknown"),
              runtime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code JDK 25.0.3}; of a native executable also its builder. */
  private static String runtime() {
    String jdk = "JDK " + System.getProperty("java.version");
    if (System.getProperty("org.graalvm.nativeimage.imagecode") == null) {
      return jdk;
    }
    return "native by " + System.getProperty("java.vendor.version", "GraalVM") + ", " + jdk;
  }

  static String overall() {
    var spec = CommandSpec.create().name("usersvc");
    for (Option option : Option.values()) {
      spec.addOption(option.spec());
    }
    for (Verb verb : Verb.values()) {
      spec.addSubcommand(verb.word(), described(verb));
    }
    spec.usageMessage()
        .synopsisHeading(HEADING)
        .customSynopsis("usersvc [OPTION...] VERB [NAME...]")
        .commandListHeading("%nVerbs:%n")
        .optionListHeading("%nOptions, before or after the verb:%n")
        .description(
            "Controls the services that usersvcd supervises. NAME is a service (foo), its log"
                + " service (foo/log), or the path of a service directory, which starts with"
                + " . or / or ends in /. The verbs session and env have words of their own, which"
                + " usersvc session --help and usersvc env --help explain.")
        .footer(
            "Environment:",
            "  SVWAIT, USERSVC_INSTANCE   defaults of -w and --instance",
            "  XDG_RUNTIME_DIR            where usersvc/control, the socket of usersvcd, is",
            "",
            "Examples:",
            "  usersvc up foot            start foot and wait until it is ready",
            "  usersvc -w 20 restart web db",
            "  usersvc status --check web && echo running",
            "  usersvc list --json",
            "  usersvc session register   in what your desktop runs when it starts");
    return text(spec);
  }

  static String of(Verb verb) {
    CommandSpec spec = described(verb).name("usersvc " + verb.word());
    String details = details(verb);
    if (!details.isEmpty()) {
      spec.usageMessage().description(verb.summary(), "", details.stripTrailing());
    }
    for (Option option : Option.values()) {
      if (option.concerns(verb)) {
        spec.addOption(option.spec());
      }
    }
    for (SubVerb word : SubVerb.values()) {
      if (word.verb() == verb) {
        spec.addSubcommand(word.word(), summed(word.summary()));
      }
    }
    spec.usageMessage()
        .synopsisHeading(HEADING)
        .customSynopsis(synopses(verb).toArray(String[]::new))
        .commandListHeading("%nWords:%n")
        .optionListHeading("%nOptions:%n")
        .footer("Example:", "  " + example(verb));
    return text(spec);
  }

  private static List<String> synopses(Verb verb) {
    List<String> synopses = new ArrayList<>();
    String start = "usersvc " + verb.word() + " [OPTION...] ";
    if (verb != Verb.SESSION) {
      synopses.add((start + (verb == Verb.ENV ? "" : verb.takes().synopsis())).strip());
    }
    for (SubVerb word : SubVerb.values()) {
      if (word.verb() == verb) {
        String indent = synopses.isEmpty() ? "" : " ".repeat(HEADING.length());
        synopses.add(indent + (start + word.word() + " " + word.operands()).strip());
      }
    }
    return synopses;
  }

  /** More than the summary, if there is a text. */
  private static String details(Verb verb) {
    try (@Nullable InputStream text =
        Help.class.getResourceAsStream("help/" + verb.word() + ".txt")) {
      return text == null ? "" : new String(text.readAllBytes(), UTF_8).replace("%", "%%");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandSpec described(Verb verb) {
    return summed(verb.summary());
  }

  private static CommandSpec summed(String summary) {
    var spec = CommandSpec.create();
    spec.usageMessage().description(summary);
    return spec;
  }

  private static String text(CommandSpec spec) {
    Map<String, String> statuses = new LinkedHashMap<>();
    for (ExitStatus status : ExitStatus.values()) {
      statuses.put(status.number(), status.meaning());
    }
    spec.usageMessage()
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(statuses)
        .footerHeading("%n")
        .sortOptions(false);
    return new CommandLine(spec).setSeparator(" ").getUsageMessage(Ansi.OFF);
  }

  private static String example(Verb verb) {
    String start = "usersvc " + verb.word();
    return switch (verb.takes()) {
      case NAMES_AND_WAIT -> start + " -w 20 foot";
      case NAMES -> start + " foot";
      case NAMES_OR_ALL ->
          start
              + (verb == Verb.STATUS
                  ? " --check foot"
                  : verb == Verb.LOG ? " -f foot" : " --json foot");
      case VERB -> start + " up";
      case DIRECTORY -> start + " ~/.config/service";
      case AVAILABLE, AVAILABLE_OR_ALL -> start + " --now foot";
      case WORDS -> start + (verb == Verb.SESSION ? " register" : " set EDITOR=vi");
      case LINGERER -> start + " on";
      case USER -> start + " --login";
      case OVERRIDE -> start + " foot run";
      case PROGRAM -> start + " --name backup -- rsync -a Documents /mnt";
      case FILE -> start + " mpd needs-env";
      case SHOWN -> start + " mpd";
      case NEW_NAME -> start + " mpd --exec 'mpd --no-daemon --stderr'";
      case UNITS -> start + " mpd";
      case NOTHING -> verb == Verb.ACTIVATE || verb == Verb.STOP_DAEMON ? start : start + " --json";
    };
  }
}
