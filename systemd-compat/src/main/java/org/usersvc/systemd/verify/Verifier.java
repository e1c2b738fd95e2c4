package org.usersvc.systemd.verify;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.syntax.Specifiers;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** Reads units and lists what is wrong with them. <b>Loop thread only.</b> */
final class Verifier {
  /** Templates are read as if they had this instance. */
  static final String INSTANCE = "instance";

  private final UnitIndex index;
  private final Loader loader;
  private final Specifiers.Source values;

  /**
   * @param index the search path; each {@link #refresh} looks at it again
   * @param values the specifiers that do not follow from a unit's name
   */
  Verifier(FileSystem files, UnitIndex index, Specifiers.Source values) {
    this.index = index;
    this.loader = new Loader(files, index);
    this.values = values;
  }

  /** Looks at the search path again. */
  void refresh() {
    index.refresh();
  }

  /**
   * The findings about a unit and its drop-ins, in the order of files and lines.
   *
   * @param word an absolute path, or the name of a unit; {@code .service} may be left out
   */
  List<Finding> check(String word) {
    String base = word.substring(word.lastIndexOf('/') + 1);
    var name = UnitName.parse(base);
    if (word.startsWith("/")) {
      return name.isEmpty()
          ? List.of(Finding.error(word, "the file name is not the name of a unit; rename the file"))
          : found(loader.loadFrom(loadable(name.get()), word));
    }
    return name.or(() -> UnitName.parse(word + "." + UnitType.SERVICE.suffix()))
        .map(found -> found(loader.load(loadable(found))))
        .orElseGet(
            () -> List.of(Finding.error(word, "this is not the name of a unit; correct it")));
  }

  private static UnitName loadable(UnitName name) {
    return name.isTemplate() ? name.withInstance(INSTANCE) : name;
  }

  private List<Finding> found(UnitSources sources) {
    var findings = new ArrayList<Finding>();
    var reader =
        new SourcesReader(
            values,
            problem -> findings.add(new Finding(problem, false)),
            problem -> findings.add(new Finding(problem, true)));
    var unit = reader.read(sources);
    String name = sources.unit().id().toString();
    switch (unit.loadState()) {
      case NOT_FOUND ->
          findings.add(Finding.error(name, "there is no such unit; see usersvc-systemd(7)"));
      case MASKED -> findings.add(Finding.note(name, "the unit is masked; it cannot be started"));
      case ERROR -> findings.add(Finding.error(name, "the unit cannot be read"));
      case STUB, LOADED, BAD_SETTING, MERGED -> {}
    }
    findings.sort(Finding.BY_PLACE);
    return findings;
  }
}
