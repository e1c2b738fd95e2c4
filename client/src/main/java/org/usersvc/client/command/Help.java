package org.usersvc.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The help texts and the version of the client. */
final class Help {
  private Help() {}

  static String version() {
    try (InputStream text = Help.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        .synopsisHeading("Usage: ")
        .customSynopsis("usersvc [OPTION...] VERB [NAME...]")
        .commandListHeading("%nVerbs:%n")
        .optionListHeading("%nOptions, before or after the verb:%n")
        .description(
            "Controls the services that usersvcd supervises. NAME is a service (foo), its log"
                + " service (foo/log), or the path of a service directory, which starts with"
                + " . or / or ends in /.")
        .footer(
            "Environment:",
            "  SVWAIT, USERSVC_INSTANCE   defaults of -w and --instance",
            "  XDG_RUNTIME_DIR            where usersvc/control, the socket of usersvcd, is",
            "",
            "Examples:",
            "  usersvc up foot            start foot and wait until it is ready",
            "  usersvc -w 20 restart web db",
            "  usersvc status --check web && echo running",
            "  usersvc list --json");
    return text(spec);
  }

  static String of(Verb verb) {
    CommandSpec spec = described(verb).name("usersvc " + verb.word());
    for (Option option : Option.values()) {
      if (option.concerns(verb)) {
        spec.addOption(option.spec());
      }
    }
    spec.usageMessage()
        .synopsisHeading("Usage: ")
        .customSynopsis(
            ("usersvc " + verb.word() + " [OPTION...] " + verb.takes().synopsis()).strip())
        .optionListHeading("%nOptions:%n")
        .footer("Example:", "  " + example(verb));
    return text(spec);
  }

  private static CommandSpec described(Verb verb) {
    var spec = CommandSpec.create();
    spec.usageMessage().description(verb.summary());
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
      case NAMES_OR_ALL -> start + (verb == Verb.STATUS ? " --check foot" : " --json foot");
      case DIRECTORY -> start + " ~/.config/service";
      case NOTHING -> start + " --json";
    };
  }
}
