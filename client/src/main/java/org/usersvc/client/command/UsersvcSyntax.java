package org.usersvc.client.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.check.Nearest;
import org.usersvc.client.local.Errand;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line of {@code usersvc}: options, a verb and its operands in any order. All verbs are
 * read by one picocli command, whose first operand is the verb; a subcommand for each would have to
 * be built, and would keep options from standing before the verb.
 */
final class UsersvcSyntax {
  private final ParseResult parsed;
  private final Map<String, String> environment;

  private UsersvcSyntax(ParseResult parsed, Map<String, String> environment) {
    this.parsed = parsed;
    this.environment = environment;
  }

  static Command parse(String[] arguments, Map<String, String> environment) throws UsageException {
    var spec = CommandSpec.create();
    for (Option option : Option.values()) {
      spec.addOption(option.spec());
    }
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    var line = new CommandLine(spec);
    line.setExpandAtFiles(false);
    line.setOverwrittenOptionsAllowed(true);
    try {
      return new UsersvcSyntax(line.parseArgs(arguments), environment).command();
    } catch (ParameterException e) {
      throw UsageException.of(problem(e));
    }
  }

  private Command command() throws UsageException {
    List<String> operands = parsed.matchedPositionalValue(0, List.of());
    @Nullable Verb verb = operands.isEmpty() ? null : verb(operands.getFirst());
    if (has(Option.HELP)) {
      return new PrintText(verb == null ? Help.overall() : Help.of(verb));
    }
    if (has(Option.VERSION)) {
      return new PrintText(Help.version());
    }
    if (verb == null) {
      throw UsageException.of("a verb is missing");
    }
    return ask(verb, operands.subList(1, operands.size()));
  }

  private static Verb verb(String word) throws UsageException {
    @Nullable Verb verb = Verb.of(word);
    if (verb == null) {
      String hint = Nearest.hint(word, Verb.words());
      throw UsageException.noCommand(word.isEmpty() ? "''" : word, hint);
    }
    return verb;
  }

  private Command ask(Verb verb, List<String> names) throws UsageException {
    if (!verb.takes().fits(names.size())) {
      String problem = "verb " + verb.word() + " " + verb.takes().wanted();
      throw UsageException.of(names.isEmpty() ? problem : problem + ", not " + names.getLast());
    }
    if (verb.takes() != Operands.WORDS && verb != Verb.RUN && names.contains("")) {
      throw UsageException.of("verb " + verb.word() + " has an empty operand (an unset variable?)");
    }
    refuseMisplaced(verb);
    @Nullable String named = value(Option.INSTANCE);
    String instance = named == null ? InstanceName.of(environment) : InstanceName.of(named);
    boolean json = has(Option.JSON);
    boolean quiet = has(Option.QUIET);
    @Nullable Errand errand = new FileVerbs(parsed, environment).errand(verb, names);
    return errand == null
        ? command(verb, names, new Place(instance, json, quiet))
        : new OnFiles(errand, instance, json, quiet);
  }

  /** What every verb is given. */
  private record Place(String instance, boolean json, boolean quiet) {}

  private Command command(Verb verb, List<String> names, Place place) throws UsageException {
    String instance = place.instance();
    boolean json = place.json();
    boolean quiet = place.quiet();
    if (verb == Verb.HELP) {
      return new PrintText(names.isEmpty() ? Help.overall() : Help.of(verb(names.getFirst())));
    }
    if (verb == Verb.ACTIVATE) {
      return Activate.of(json, instance, quiet, environment);
    }
    if (verb == Verb.LINGER) {
      return Linger.of(names, json, quiet);
    }
    if (verb == Verb.DOCTOR) {
      return doctor(names, place);
    }
    if (verb == Verb.RUN) {
      var wish = new RunOnce.Wish(names, value(Option.NAME), has(Option.UNTIL_END));
      return RunOnce.of(wish, instance, json, quiet);
    }
    if (verb == Verb.VERIFY) {
      return verify(names, instance, json, quiet);
    }
    if (verb == Verb.LOG) {
      return log(names, place);
    }
    var request = new Request(verb.word(), subject(verb, names), details(verb, json), json);
    var ask = new Ask(Program.USERSVC, names, request, instance, quiet);
    if (verb == Verb.VERSION) {
      return new Versions(ask);
    }
    return verb == Verb.SESSION && names.indexOf("register") == 0 ? new Register(ask) : ask;
  }

  private Command doctor(List<String> names, Place place) throws UsageException {
    if (has(Option.LOGIN)) {
      String user = names.isEmpty() ? "" : names.getFirst();
      return new ExamineLogin(user, place.instance(), place.json(), place.quiet());
    }
    if (!names.isEmpty()) {
      throw UsageException.of("verb doctor takes a user only with --login");
    }
    return new ExamineLogin.Everything(place.instance(), place.json(), place.quiet());
  }

  private Command log(List<String> names, Place place) throws UsageException {
    boolean painted = !place.json() && Color.of(value(Option.COLOR)).isWanted(environment);
    @Nullable String unit = value(Option.UNIT);
    List<String> all = new ArrayList<>(names);
    if (unit != null) {
      all.add(unit);
    }
    var query = ShowLog.query(all, log(place.json()));
    return new ShowLog(query, place.instance(), place.quiet(), has(Option.RAW), painted);
  }

  private static Command verify(List<String> names, String instance, boolean json, boolean quiet) {
    return new Verify(
        ServicePath.likeDaemontools(names),
        units -> {
          var request = new Request("verify", new Request.Words(units), List.of(), json);
          return new Ask(Program.USERSVC, units, request, instance, quiet);
        },
        instance,
        json,
        quiet);
  }

  private ShowLog.Asked log(boolean json) {
    return new ShowLog.Asked(
        has(Option.FOLLOW),
        value(Option.LINES),
        value(Option.SINCE),
        value(Option.UNTIL),
        value(Option.GREP),
        has(Option.REVERSE),
        has(Option.LAST),
        value(Option.OUTPUT),
        json);
  }

  private static Request.Subject subject(Verb verb, List<String> names) {
    return switch (verb.takes()) {
      case NAMES_AND_WAIT, NAMES, NAMES_OR_ALL -> new Request.Services(ServicePath.likeSv(names));
      case DIRECTORY -> new Request.Directory(ServicePath.absolute(names.getFirst()));
      case AVAILABLE, AVAILABLE_OR_ALL, WORDS -> new Request.Words(names);
      case VERB, LINGERER, USER, NEW_NAME, FILE, OVERRIDE, PROGRAM, SHOWN, UNITS, NOTHING ->
          Request.Nobody.NOBODY;
    };
  }

  private void refuseMisplaced(Verb verb) throws UsageException {
    for (Option option : Option.values()) {
      if (option.isPeculiar() && isGiven(option) && !option.concerns(verb)) {
        throw UsageException.of(option.misplaced(verb));
      }
    }
  }

  private List<Request.Detail> details(Verb verb, boolean json) throws UsageException {
    List<Request.Detail> details = new ArrayList<>();
    for (Option option : Option.values()) {
      if (option.isPeculiar() && isGiven(option)) {
        details.add(field(option));
      }
    }
    @Nullable String wait = value(Option.WAIT);
    long millis = wait == null ? -1 : WaitTime.millis("-w ", wait);
    if (verb.waits() || has(Option.NOW)) {
      details.add(wait == null ? usualWait() : new Request.Wait(millis));
    }
    boolean painted = Color.of(value(Option.COLOR)).isAskedFor(verb, environment);
    if (painted && !json) {
      details.add(new Request.Flag(Request.COLOR));
    }
    return details;
  }

  private Request.Detail field(Option option) {
    @Nullable String value = option.hasValue() ? value(option) : null;
    return value == null
        ? new Request.Flag(option.field())
        : new Request.Text(option.field(), value);
  }

  private Request.Detail usualWait() throws UsageException {
    String wait = environment.getOrDefault("SVWAIT", "");
    return wait.isEmpty()
        ? Request.UsualWait.USUAL_WAIT
        : new Request.Wait(WaitTime.millis("SVWAIT=", wait));
  }

  private boolean isGiven(Option option) {
    return option.hasValue() ? value(option) != null : has(option);
  }

  private boolean has(Option option) {
    return parsed.matchedOptionValue(option.word(), false);
  }

  private @Nullable String value(Option option) {
    return parsed.matchedOptionValue(option.word(), null);
  }

  private static String problem(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return "unknown option " + unmatched.getUnmatched().getFirst();
    }
    if (e instanceof MissingParameterException missing) {
      return "option " + name(missing.getMissing().getFirst()) + " needs a value";
    }
    @Nullable ArgSpec wrong = e.getArgSpec();
    if (wrong != null) {
      return "option " + name(wrong) + " takes no value";
    }
    return String.valueOf(e.getMessage());
  }

  private static String name(ArgSpec option) {
    return option instanceof OptionSpec spec ? spec.longestName() : option.paramLabel();
  }
}
