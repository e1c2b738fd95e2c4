package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.Entry;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.Severity;
import org.usersvc.systemd.syntax.Specifiers;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.NoSettings;
import org.usersvc.systemd.unit.Origin;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.Unit;

/** Makes one unit from the entries of its files. Used once, by one thread. */
public final class UnitMaker {
  private final Input input;
  private final Specifiers specifiers;
  private final Dependencies dependencies;
  private final UnitSection unit;
  private final InstallPart install = new InstallPart();
  private final Optional<Section> own;
  private final Map<String, List<Part>> sections;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> ignored = new ArrayList<>();

  /**
   * What a unit is made from. Immutable.
   *
   * @param id its main name
   * @param names all its names, the main one among them
   * @param fragment the main file; null if it has none
   * @param dropIns the files that add to it, in the order in which they apply
   * @param links the units that directories of links add, by relation
   */
  public record Input(
      UnitName id,
      Set<UnitName> names,
      @Nullable UnitFile fragment,
      List<UnitFile> dropIns,
      Map<Relation, Set<UnitName>> links) {
    public Input {
      names = Set.copyOf(names);
      dropIns = List.copyOf(dropIns);
      links = Map.copyOf(links);
    }
  }

  /**
   * A unit and what is wrong with it. Immutable.
   *
   * @param unit LOADED, or BAD_SETTING and without settings
   * @param problems what is wrong, in the order of the files
   * @param ignored the directives that are right but do nothing here
   */
  public record Made(Unit unit, List<Problem> problems, List<Problem> ignored) {
    public Made {
      problems = List.copyOf(problems);
      ignored = List.copyOf(ignored);
    }
  }

  private UnitMaker(Input input, Specifiers.Source values) {
    this.input = input;
    specifiers = new Specifiers(input.id(), values);
    dependencies = new Dependencies(input.names());
    unit = new UnitSection(dependencies);
    own = Sections.of(input.id().type());
    sections = sections(input.id().type(), unit, install, own);
  }

  /** The groups of directives by the sections that they are in. */
  static Map<String, List<Part>> sections(
      UnitType type, UnitSection unit, InstallPart install, Optional<Section> own) {
    var ownParts = new ArrayList<>(unit.partsElsewhere(type));
    own.ifPresent(section -> ownParts.addAll(section.parts()));
    return Map.of(
        UnitSection.NAME,
        unit.parts(),
        InstallPart.SECTION,
        List.of(install),
        Sections.name(type),
        ownParts);
  }

  /**
   * Makes a unit. Never fails: what is wrong is in the answer.
   *
   * @param values the specifiers that do not follow from the unit's name
   */
  public static Made make(Input input, Specifiers.Source values) {
    return new UnitMaker(input, values).make();
  }

  private Made make() {
    if (input.fragment() != null) {
      read(input.fragment());
    }
    input.dropIns().forEach(this::read);
    dependencies.add(input.links());
    var flags = unit.flags();
    var settings = settings(flags.successAction());
    Implied.add(input.id(), settings, flags.defaultDependencies(), dependencies);
    var error =
        problems.stream().filter(problem -> problem.severity() == Severity.ERROR).findFirst();
    var words = unit.words();
    var made =
        new Unit(
            input.id(),
            input.names(),
            words.description().isEmpty() ? input.id().toString() : words.description(),
            words.documentation(),
            origin(error, words.source()),
            dependencies.all(),
            flags,
            words.conditions(),
            words.asserts(),
            install.install(),
            error.isPresent() ? new NoSettings() : settings);
    return new Made(made, problems, ignored);
  }

  private Settings settings(String successAction) {
    var rest =
        new Section.Rest(
            input.id(), dependencies, successAction, flaw -> problems.add(whole(flaw)));
    if (own.isEmpty()) {
      rest.flaws().accept(Flaw.error("users have no units of this type"));
      return new NoSettings();
    }
    return own.get().settings(rest);
  }

  /** A mistake of the unit as a whole. */
  private Problem whole(Flaw flaw) {
    String file = input.fragment() == null ? input.id().toString() : input.fragment().file();
    return new Problem(file, 0, flaw.severity(), flaw.text());
  }

  private Origin origin(Optional<Problem> error, @Nullable String source) {
    return new Origin(
        error.isPresent() ? LoadState.BAD_SETTING : LoadState.LOADED,
        error.map(Problem::message).orElse(""),
        input.fragment() == null ? null : input.fragment().file(),
        input.dropIns().stream().map(UnitFile::file).toList(),
        source);
  }

  private void read(UnitFile file) {
    problems.addAll(file.problems());
    for (var section : file.sections()) {
      if (!sections.containsKey(section.name()) && !section.name().startsWith("X-")) {
        String text =
            "[" + section.name() + "]: units of this type have no such section;" + " it is ignored";
        problems.add(new Problem(file.file(), section.line(), Severity.WARNING, text));
      }
    }
    for (var entry : file.entries()) {
      if (!entry.isForOthers() && sections.containsKey(entry.section())) {
        read(entry);
      }
    }
  }

  private void read(Entry entry) {
    var value = new Value(entry, input.id(), specifiers, problems::add);
    for (var part : sections.getOrDefault(entry.section(), List.of())) {
      if (part.take(value)) {
        return;
      }
    }
    IgnoredDirectives.group(entry.section(), entry.key())
        .ifPresentOrElse(
            group -> ignored.add(entry.problem(Flaw.warning("does nothing here: " + group))),
            () -> problems.add(entry.problem(Flaw.warning("no such directive; it is ignored"))));
  }
}
