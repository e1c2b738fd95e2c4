package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.install.Change;
import org.usersvc.systemd.install.InstallException;
import org.usersvc.systemd.install.InstallOptions;
import org.usersvc.systemd.install.Installation;
import org.usersvc.systemd.install.Outcome;
import org.usersvc.systemd.unit.Relation;

/** The methods for unit files. */
final class FileMethods {
  private static final String CHANGES = "a(sss)";

  /** Bits of the methods with flags: until the logout, and by force. */
  private static final int RUNTIME = 1;

  private static final int FORCE = 2;

  private FileMethods() {}

  /** A request about unit files. */
  private interface Request {
    List<Change> make(Installation files, Call call) throws InstallException;
  }

  static void addTo(Table.Builder<Desk> table) {
    asking(table);
    enabling(table);
    change(
        table,
        "DisableUnitFiles",
        "asb",
        (files, call) -> files.disable(names(call), is(call, 1)).changes());
    change(
        table, "DisableUnitFilesWithFlags", "ast", (files, call) -> disable(files, call).changes());
    change(table, "LinkUnitFiles", "asbb", (files, call) -> files.link(names(call), options(call)));
    change(table, "MaskUnitFiles", "asbb", (files, call) -> files.mask(names(call), options(call)));
    change(
        table, "UnmaskUnitFiles", "asb", (files, call) -> files.unmask(names(call), is(call, 1)));
    change(table, "RevertUnitFiles", "as", (files, call) -> files.revert(names(call)));
    change(
        table,
        "SetDefaultTarget",
        "sb",
        (files, call) -> files.setDefault(Desk.text(call, 0), is(call, 1)));
    change(table, "AddDependencyUnitFiles", "asssbb", FileMethods::addDependency);
    change(table, "PresetAllUnitFiles", "sbb", (_, _) -> refusePresets(List.of("all units")));
  }

  private static void asking(Table.Builder<Desk> table) {
    table
        .verb("ListUnitFiles", "", "a(ss)", (desk, call) -> list(desk, call, List.of(), List.of()))
        .verb(
            "ListUnitFilesByPatterns",
            "asas",
            "a(ss)",
            (desk, call) ->
                list(desk, call, names(call), EnvironmentMethods.texts(call.arguments().get(1))))
        .verb("GetUnitFileState", "s", "s", FileMethods::state)
        .verb("GetUnitFileLinks", "sb", "as", FileMethods::links)
        .verb(
            "GetDefaultTarget",
            "",
            "s",
            (desk, call) ->
                call.answer("s", desk.running().installation().defaultTarget().toString()));
  }

  private static void enabling(Table.Builder<Desk> table) {
    table
        .verb(
            "EnableUnitFiles",
            "asbb",
            "b" + CHANGES,
            (desk, call) -> enable(desk, call, files -> files.enable(names(call), options(call))))
        .verb(
            "EnableUnitFilesWithFlags",
            "ast",
            "b" + CHANGES,
            (desk, call) -> enable(desk, call, files -> files.enable(names(call), flags(call))))
        .verb(
            "ReenableUnitFiles",
            "asbb",
            "b" + CHANGES,
            (desk, call) -> enable(desk, call, files -> files.reenable(names(call), options(call))))
        .verb(
            "DisableUnitFilesWithFlagsAndInstallInfo",
            "ast",
            "b" + CHANGES,
            (desk, call) -> enable(desk, call, files -> disable(files, call)))
        .verb("PresetUnitFiles", "asbb", "b" + CHANGES, FileMethods::preset)
        .verb("PresetUnitFilesWithMode", "assbb", "b" + CHANGES, FileMethods::preset);
  }

  private static List<String> names(Call call) {
    return EnvironmentMethods.texts(call.arguments().getFirst());
  }

  private static boolean is(Call call, int index) {
    return Boolean.TRUE.equals(call.arguments().get(index));
  }

  /** The last two arguments. */
  private static InstallOptions options(Call call) {
    int count = call.arguments().size();
    return new InstallOptions(is(call, count - 2), is(call, count - 1));
  }

  private static InstallOptions flags(Call call) {
    long flags = ((Number) call.arguments().get(1)).longValue();
    return new InstallOptions((flags & RUNTIME) != 0, (flags & FORCE) != 0);
  }

  private static void change(Table.Builder<Desk> table, String method, String in, Request request) {
    table.verb(
        method,
        in,
        CHANGES,
        (desk, call) -> {
          try {
            var changes = request.make(desk.running().installation(), call);
            tell(desk, changes);
            call.answer(CHANGES, rows(changes));
          } catch (InstallException reason) {
            BusErrors.refuse(call, reason);
          }
        });
  }

  private static void tell(Desk desk, List<Change> changes) {
    if (!changes.isEmpty()) {
      desk.running().filesChanged().run();
    }
  }

  private static List<Object> rows(List<Change> changes) {
    var rows = new ArrayList<Object>();
    for (var change : changes) {
      rows.add(new Object[] {change.kind().word(), change.path(), change.source()});
    }
    return rows;
  }

  /** A request about links that units ask for. */
  private interface Enabling {
    Outcome make(Installation files) throws InstallException;
  }

  private static void enable(Desk desk, Call call, Enabling request) {
    try {
      var outcome = request.make(desk.running().installation());
      tell(desk, outcome.changes());
      call.answer("b" + CHANGES, outcome.carriesInstallInfo(), rows(outcome.changes()));
    } catch (InstallException reason) {
      BusErrors.refuse(call, reason);
    }
  }

  private static Outcome disable(Installation files, Call call) throws InstallException {
    return files.disable(names(call), flags(call).isRuntime());
  }

  private static void preset(Desk desk, Call call) {
    enable(desk, call, _ -> new Outcome(true, refusePresets(names(call))));
  }

  private static List<Change> addDependency(Installation files, Call call) throws InstallException {
    var relation = Desk.text(call, 2).equals("Requires") ? Relation.REQUIRES : Relation.WANTS;
    return files.addDependency(names(call), Desk.text(call, 1), relation, options(call));
  }

  private static void list(Desk desk, Call call, List<String> states, List<String> patterns) {
    var rows = new ArrayList<Object>();
    for (var file : desk.running().installation().list(states, patterns)) {
      rows.add(new Object[] {file.path(), file.state().word()});
    }
    call.answer("a(ss)", rows);
  }

  private static void links(Desk desk, Call call) {
    try {
      var files = desk.running().installation();
      call.answer("as", files.links(Desk.text(call, 0), is(call, 1)));
    } catch (InstallException reason) {
      BusErrors.refuse(call, reason);
    }
  }

  private static void state(Desk desk, Call call) {
    var name = Desk.name(call);
    if (name.isPresent()) {
      desk.running()
          .installation()
          .state(name.get())
          .ifPresentOrElse(
              state -> call.answer("s", state.word()),
              () ->
                  call.fail(
                      StandardErrors.FILE_NOT_FOUND,
                      "Failed to get unit file state for " + name.get() + ": no such file"));
    }
  }

  private static List<Change> refusePresets(List<String> names) throws InstallException {
    if (!names.isEmpty()) {
      throw Installation.noPresets(names);
    }
    return List.of();
  }
}
