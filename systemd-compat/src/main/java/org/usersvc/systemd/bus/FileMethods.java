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
final class FileMethods implements Table.Part<Desk> {
  private static final String CHANGES = "a(sss)";

  /** Bits of the methods with flags: until the logout, and by force. */
  private static final int RUNTIME = 1;

  private static final int FORCE = 2;

  @Override
  public void declare(Table.Members members) {
    members
        .verb("ListUnitFiles", "", "a(ss)")
        .verb("ListUnitFilesByPatterns", "asas", "a(ss)")
        .verb("GetUnitFileState", "s", "s")
        .verb("GetUnitFileLinks", "sb", "as")
        .verb("GetDefaultTarget", "", "s");
  }

  @Override
  public void perform(Desk desk, Call call) {
    switch (call.member()) {
      case "ListUnitFiles" -> list(desk, call, List.of(), List.of());
      case "ListUnitFilesByPatterns" ->
          list(desk, call, names(call), EnvironmentMethods.texts(call.arguments().get(1)));
      case "GetUnitFileState" -> state(desk, call);
      case "GetUnitFileLinks" -> links(desk, call);
      case "GetDefaultTarget" ->
          call.answer("s", desk.running().installation().defaultTarget().toString());
      default -> throw Table.Part.unknown(call.member());
    }
  }

  /** Requests about links that units ask for. */
  static final class Enabling implements Table.Part<Desk> {
    @Override
    public void declare(Table.Members members) {
      members
          .verb("EnableUnitFiles", "asbb", "b" + CHANGES)
          .verb("EnableUnitFilesWithFlags", "ast", "b" + CHANGES)
          .verb("ReenableUnitFiles", "asbb", "b" + CHANGES)
          .verb("DisableUnitFilesWithFlagsAndInstallInfo", "ast", "b" + CHANGES)
          .verb("PresetUnitFiles", "asbb", "b" + CHANGES)
          .verb("PresetUnitFilesWithMode", "assbb", "b" + CHANGES);
    }

    @Override
    public void perform(Desk desk, Call call) {
      try {
        var outcome = outcome(desk.running().installation(), call);
        tell(desk, outcome.changes());
        call.answer("b" + CHANGES, outcome.carriesInstallInfo(), rows(outcome.changes()));
      } catch (InstallException reason) {
        BusErrors.refuse(call, reason);
      }
    }

    private static Outcome outcome(Installation files, Call call) throws InstallException {
      return switch (call.member()) {
        case "EnableUnitFiles" -> files.enable(names(call), options(call));
        case "EnableUnitFilesWithFlags" -> files.enable(names(call), flags(call));
        case "ReenableUnitFiles" -> files.reenable(names(call), options(call));
        case "DisableUnitFilesWithFlagsAndInstallInfo" -> disable(files, call);
        case "PresetUnitFiles", "PresetUnitFilesWithMode" ->
            new Outcome(true, refusePresets(names(call)));
        default -> throw Table.Part.unknown(call.member());
      };
    }
  }

  /** The other requests that change unit files. */
  static final class Changing implements Table.Part<Desk> {
    @Override
    public void declare(Table.Members members) {
      members
          .verb("DisableUnitFiles", "asb", CHANGES)
          .verb("DisableUnitFilesWithFlags", "ast", CHANGES)
          .verb("LinkUnitFiles", "asbb", CHANGES)
          .verb("MaskUnitFiles", "asbb", CHANGES)
          .verb("UnmaskUnitFiles", "asb", CHANGES)
          .verb("RevertUnitFiles", "as", CHANGES)
          .verb("SetDefaultTarget", "sb", CHANGES)
          .verb("AddDependencyUnitFiles", "asssbb", CHANGES)
          .verb("PresetAllUnitFiles", "sbb", CHANGES);
    }

    @Override
    public void perform(Desk desk, Call call) {
      try {
        var changes = changes(desk.running().installation(), call);
        tell(desk, changes);
        call.answer(CHANGES, rows(changes));
      } catch (InstallException reason) {
        BusErrors.refuse(call, reason);
      }
    }

    private static List<Change> changes(Installation files, Call call) throws InstallException {
      return switch (call.member()) {
        case "DisableUnitFiles" -> files.disable(names(call), is(call, 1)).changes();
        case "DisableUnitFilesWithFlags" -> disable(files, call).changes();
        case "LinkUnitFiles" -> files.link(names(call), options(call));
        case "MaskUnitFiles" -> files.mask(names(call), options(call));
        case "UnmaskUnitFiles" -> files.unmask(names(call), is(call, 1));
        case "RevertUnitFiles" -> files.revert(names(call));
        case "SetDefaultTarget" -> files.setDefault(Desk.text(call, 0), is(call, 1));
        case "AddDependencyUnitFiles" -> addDependency(files, call);
        case "PresetAllUnitFiles" -> refusePresets(List.of("all units"));
        default -> throw Table.Part.unknown(call.member());
      };
    }
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

  private static Outcome disable(Installation files, Call call) throws InstallException {
    return files.disable(names(call), flags(call).isRuntime());
  }

  private static List<Change> addDependency(Installation files, Call call) throws InstallException {
    var relation = Desk.text(call, 2).equals("Requires") ? Relation.REQUIRES : Relation.WANTS;
    return files.addDependency(names(call), Desk.text(call, 1), relation, options(call));
  }

  private static void list(Desk desk, Call call, List<String> states, List<String> patterns) {
    var files = desk.running().installation().list(states, patterns);
    var rows = new ArrayList<Object>();
    desk.inPieces(() -> {
      boolean goesOn = files.hasNext();
      if (goesOn) {
        files.next().ifPresent(file -> rows.add(new Object[] {file.path(), file.state().word()}));
      } else {
        call.answer("a(ss)", rows);
      }
      return goesOn;
    });
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
              () -> call.fail(StandardErrors.FILE_NOT_FOUND, "No such file or directory"));
    }
  }

  private static List<Change> refusePresets(List<String> names) throws InstallException {
    if (!names.isEmpty()) {
      throw Installation.noPresets(names);
    }
    return List.of();
  }
}
