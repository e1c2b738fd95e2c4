package org.usersvc.systemd.read;

import java.util.ArrayList;
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
 * Makes units from what the search path says. A slice needs no file. Used by one thread at a time.
 */
public final class SourcesReader implements UnitReader {
  /** So many problems of a unit go into a log, each time that it is read. */
  static final int MOST_LOGGED = 20;

  private final Specifiers.Source values;
  private final Consumer<Problem> problems;
  private final Consumer<Problem> ignored;
  private final int most;
  private final LoggedProblems logged = new LoggedProblems();

  /**
   * For a daemon.
   *
   * @param values the specifiers that do not follow from a unit's name
   * @param problems takes the first things that are wrong with each unit as it is read, unless the
   *     same was wrong with it the last time
   */
  public SourcesReader(Specifiers.Source values, Consumer<Problem> problems) {
    this(values, problems, _ -> {}, MOST_LOGGED);
  }

  /**
   * For who wants to know everything.
   *
   * @param problems takes all that is wrong with each unit as it is read
   * @param ignored takes the directives that are right but do nothing here
   */
  public SourcesReader(
      Specifiers.Source values, Consumer<Problem> problems, Consumer<Problem> ignored) {
    this(values, problems, ignored, Integer.MAX_VALUE);
  }

  private SourcesReader(
      Specifiers.Source values, Consumer<Problem> problems, Consumer<Problem> ignored, int most) {
    this.values = values;
    this.problems = problems;
    this.ignored = ignored;
    this.most = most;
  }

  @Override
  public Unit read(UnitSources sources) {
    var id = sources.unit().id();
    var found = new ArrayList<Problem>();
    sources.problems().forEach(text -> found.add(whole(id, text)));
    if (!isMade(sources)) {
      report(id, found);
      String error = sources.problems().isEmpty() ? "" : sources.problems().getFirst();
      var origin = new Origin(sources.state(), error, null, sources.dropInPaths(), null);
      return Unit.of(id, sources.state()).withOrigin(origin);
    }
    var made = UnitMaker.make(input(id, sources), values);
    found.addAll(made.problems());
    report(id, found);
    made.ignored().forEach(ignored);
    return made.unit();
  }

  private void report(UnitName id, List<Problem> all) {
    if (!logged.areNews(id, all)) {
      return;
    }
    all.stream().limit(most).forEach(problems);
    if (all.size() > most) {
      int more = all.size() - most;
      problems.accept(whole(id, more + " more problems; usersvc verify " + id + " names them"));
    }
  }

  private static Problem whole(UnitName id, String text) {
    return new Problem(id.toString(), 0, Severity.WARNING, text);
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
    return type == UnitType.SLICE;
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
