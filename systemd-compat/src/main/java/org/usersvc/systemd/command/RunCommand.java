package org.usersvc.systemd.command;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager.Transient;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/**
 * Answers {@code systemd-run --user}: makes a unit of a command, or takes the client into a scope,
 * which then executes the command itself. <b>Loop thread only.</b>
 */
public final class RunCommand implements Verbs.Handler {
  private static final int ID_BYTES = 16;
  private static final String TIMERS =
      "on-active on-boot on-startup on-unit-active on-unit-inactive on-calendar";

  private static final Usage USAGE =
      new Usage(
          "systemd-run",
          false,
          """
          --user --system --scope --unit=,-u --property=,-p --description= --slice= --slice-inherit
          --remain-after-exit,-r --send-sighup --service-type= --uid= --gid= --nice=
          --working-directory= --same-dir,-d --setenv=,-E --environment= --pty,-t --pipe,-P
          --quiet,-q --no-block --wait --collect,-G --shell,-S --on-active= --on-boot=
          --on-startup= --on-unit-active= --on-unit-inactive= --on-calendar= --timer-property=
          --path-property= --socket-property= --no-ask-password --host=,-H --machine=,-M --version
          """);

  private final Place place;
  private final RandomGenerator random;

  /** Names units at random. */
  public RunCommand(Place place, RandomGenerator random) {
    this.place = place;
    this.random = random;
  }

  @Override
  public void answer(List<String> words, Verbs.Reply reply) {
    try {
      var line = USAGE.parse(words);
      check(line);
      run(new Asking(place, line, reply));
    } catch (WrongWords wrong) {
      reply.copy(true, String.valueOf(wrong.getMessage()));
      reply.end(1);
    }
  }

  private static void check(Line line) throws WrongWords {
    if (!line.has("user") || line.has("system") || line.has("host")) {
      throw new WrongWords(Systemctl.NO_SYSTEM);
    }
    for (String option : List.of("pty", "pipe", "shell", "uid", "gid")) {
      if (line.has(option)) {
        throw new WrongWords("usersvc cannot do --" + option + ".");
      }
    }
    if (line.operands().isEmpty() && !hasTimer(line)) {
      throw new WrongWords("Command line to execute required.");
    }
    if (line.has("wait") && line.has("no-block")) {
      throw new WrongWords("--wait may not be combined with --no-block.");
    }
    if (line.has("wait") && line.has("scope")) {
      throw new WrongWords("--wait may not be combined with --scope.");
    }
  }

  private static boolean hasTimer(Line line) {
    return List.of(TIMERS.split(" ", -1)).stream().anyMatch(line::has);
  }

  private void run(Asking asking) throws WrongWords {
    if (asking.has("scope")) {
      scope(asking);
    } else if (hasTimer(asking.line())) {
      timer(asking);
    } else {
      service(asking);
    }
  }

  /** A unit to be made, with its text, and others that come with it. */
  private record Plan(UnitName name, String text, List<Transient> others) {}

  private UnitName name(Asking asking, String suffix) throws WrongWords {
    String given = asking.line().value("unit", "");
    if (given.isEmpty()) {
      var bytes = new byte[ID_BYTES];
      random.nextBytes(bytes);
      return UnitName.of("run-r" + HexFormat.of().formatHex(bytes) + suffix);
    }
    var plain = UnitName.parse(given);
    boolean isOther = plain.isPresent() && !given.endsWith(suffix);
    return isOther ? UnitName.of(plain.get().prefix() + suffix) : Asking.name(given, suffix);
  }

  private void scope(Asking asking) throws WrongWords {
    var name = name(asking, ".scope");
    var text = new RunText(asking).scope();
    int client = asking.reply().client();
    start(
        asking,
        new Plan(name, text, List.of()),
        made -> {
          if (made.controller() instanceof ScopeController scope) {
            scope.attach(List.of(client));
          }
        },
        _ -> become(asking, name));
  }

  private static void become(Asking asking, UnitName name) {
    if (!asking.has("quiet")) {
      asking.err("Running scope as unit: " + name);
    }
    try {
      asking
          .reply()
          .become(
              asking.line().firstOperand(),
              RunText.assignments(asking),
              asking.line().value("working-directory", ""));
    } catch (WrongWords wrong) {
      asking.err(String.valueOf(wrong.getMessage()));
      asking.end(1);
    }
  }

  private void timer(Asking asking) throws WrongWords {
    var timer = name(asking, ".timer");
    var service = UnitName.of(timer.prefix() + ".service");
    var text = new RunText(asking);
    List<Transient> others =
        asking.line().operands().isEmpty()
            ? List.of()
            : List.of(new Transient(service, text.service()));
    start(
        asking,
        new Plan(timer, text.timer(), others),
        _ -> {},
        _ -> {
          if (!asking.has("quiet")) {
            asking.err("Running timer as unit: " + timer);
            asking.err("Will run service as unit: " + service);
          }
          asking.end(0);
        });
  }

  private void service(Asking asking) throws WrongWords {
    var name = name(asking, ".service");
    start(
        asking,
        new Plan(name, new RunText(asking).service(), List.of()),
        made -> {
          if (asking.has("wait")) {
            asking.manager().hold(made);
          }
        },
        _ -> started(asking, name));
  }

  private static void started(Asking asking, UnitName name) {
    if (!asking.has("quiet")) {
      asking.err("Running as unit: " + name);
    }
    if (!asking.has("wait")) {
      asking.end(0);
    } else if (Properties.of(asking, name).isDown()) {
      ended(asking, name);
    } else {
      asking.place().waits().forEnd(name, _ -> ended(asking, name));
    }
  }

  private static void ended(Asking asking, UnitName name) {
    var own = Properties.of(asking, name);
    String result = own.text("Result");
    if (!asking.has("quiet")) {
      asking.err("Finished with result: " + result);
      asking.err("Main processes terminated with: " + Ends.text(own));
    }
    boolean isExit = own.number("ExecMainCode") <= 1;
    int status = isExit ? (int) own.number("ExecMainStatus") : 1;
    asking.end(result.equals("success") ? 0 : Math.max(1, status));
    asking
        .place()
        .host()
        .mechanisms()
        .turns()
        .soon(() -> asking.manager().find(name).ifPresent(asking.manager()::release));
  }

  private void start(
      Asking asking, Plan plan, Consumer<UnitRecord> prepare, Consumer<JobResult> then) {
    var unit = new Transient(plan.name(), plan.text());
    var asked = asking.manager().startTransient(unit, plan.others(), JobMode.FAIL, prepare);
    switch (asked) {
      case Asked.Refused(var reason) -> {
        asking.err("Failed to start transient unit: " + reason.message());
        asking.end(1);
      }
      case Asked.Queued queued -> {
        if (asking.has("no-block")) {
          then.accept(JobResult.DONE);
        } else {
          asking
              .place()
              .waits()
              .forJob(queued.job().id(), result -> jobEnded(asking, plan.name(), result, then));
        }
      }
    }
  }

  private static void jobEnded(
      Asking asking, UnitName name, JobResult result, Consumer<JobResult> then) {
    if (result == JobResult.DONE || result == JobResult.SKIPPED) {
      then.accept(result);
    } else {
      asking.err(JobEnds.text(asking, name, result));
      asking.end(1);
    }
  }
}
