package org.usersvc.systemd.read;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.load.SourceFile;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.Severity;
import org.usersvc.systemd.syntax.Specifiers;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.Install;
import org.usersvc.systemd.unit.Origin;
import org.usersvc.systemd.unit.Unit;

/**
 * Makes units from what the search path says. A slice or scope needs no file. Used by one thread at
 * a time.
 */
public final class SourcesReader implements UnitReader {
  private final Specifiers.Source values;
  private final Consumer<Problem> problems;
  private final Consumer<Problem> ignored;

  /**
   * @param values the specifiers that do not follow from a unit's name
   * @param problems takes what is wrong with each unit as it is read
   */
  public SourcesReader(Specifiers.Source values, Consumer<Problem> problems) {
    this(values, problems, _ -> {});
  }

  /**
   * @param ignored takes the directives that are right but do nothing here
   */
  public SourcesReader(
      Specifiers.Source values, Consumer<Problem> problems, Consumer<Problem> ignored) {
    this.values = values;
    this.problems = problems;
    this.ignored = ignored;
  }

  @Override
  public Unit read(UnitSources sources) {
    var id = sources.unit().id();
    for (String text : sources.problems()) {
      problems.accept(new Problem(id.toString(), 0, Severity.WARNING, text));
    }
    if (!isMade(sources)) {
      String error = sources.problems().isEmpty() ? "" : sources.problems().getFirst();
      var origin = new Origin(sources.state(), error, null, sources.dropInPaths(), null);
      return Unit.of(id, sources.state()).withOrigin(origin);
    }
    var made = UnitMaker.make(input(id, sources), values);
    made.problems().forEach(problems);
    made.ignored().forEach(ignored);
    return made.unit();
  }

  @Override
  public Install install(UnitName name, UnitSources sources) {
    return isMade(sources)
        ? UnitMaker.make(input(name, sources), values).unit().install()
        : Install.NONE;
  }

  private static boolean isMade(UnitSources sources) {
    return switch (sources.state()) {
      case LOADED -> true;
      case NOT_FOUND -> needsNoFile(sources.unit().id().type());
      case STUB, BAD_SETTING, ERROR, MERGED, MASKED -> false;
    };
  }

  private static boolean needsNoFile(UnitType type) {
    return type == UnitType.SLICE || type == UnitType.SCOPE;
  }

  private static UnitMaker.Input input(UnitName id, UnitSources sources) {
    List<UnitFile> dropIns = sources.dropIns().stream().map(SourceFile::content).toList();
    @Nullable UnitFile fragment = sources.fragment().map(SourceFile::content).orElse(null);
    return new UnitMaker.Input(id, names(id, sources), fragment, dropIns, sources.dependencies());
  }

  private static Set<UnitName> names(UnitName id, UnitSources sources) {
    return sources.unit().names().contains(id) ? sources.unit().names() : Set.of(id);
  }
}
