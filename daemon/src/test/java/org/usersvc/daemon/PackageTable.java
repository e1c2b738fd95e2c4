package org.usersvc.daemon;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages of a module, and what each may import. Immutable.
 *
 * @param root the name that all packages begin with; it is left out of their names in the table
 * @param seen only imports of packages whose names begin so are looked at
 * @param classes all classes of the module
 * @param mayImport what each package may import; a package that is missing may import everything
 */
public record PackageTable(
    String root, String seen, JavaClasses classes, Map<String, Set<String>> mayImport) {
  private static final String PROJECT = "org.usersvc.";

  /** Of a table in a text. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z]+)` \\|.*\\| (.+) \\|$", Pattern.MULTILINE);

  /** The packages that there are. */
  public Set<String> packages() {
    return classes.stream().map(this::packageOf).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The classes of a package, nested ones too. */
  public Stream<JavaClass> classesOf(String name) {
    return classes.stream().filter(type -> packageOf(type).equals(name));
  }

  /** The imports of a package that it may not have. */
  public Set<String> forbidden(String name) {
    return imports(name)
        .filter(dependency -> !mayImport(name, packageOf(dependency.getTargetClass())))
        .map(Dependency::getDescription)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean mayImport(String name, String other) {
    return other.equals(name)
        || !mayImport.containsKey(name)
        || mayImport.get(name).contains(other);
  }

  /** What a package may import and does not. */
  public Set<String> unused(String name) {
    var unused = new TreeSet<>(mayImport.getOrDefault(name, Set.of()));
    imports(name).forEach(used -> unused.remove(packageOf(used.getTargetClass())));
    return unused;
  }

  private Stream<Dependency> imports(String name) {
    return classesOf(name)
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(seen));
  }

  private String packageOf(JavaClass type) {
    String name = type.getPackageName();
    String start = name.startsWith(root + ".") ? root + "." : PROJECT;
    return name.startsWith(start) ? name.substring(start.length()) : name;
  }

  /** The cells of the last column of a table below a heading of a text, as {@link #written} is. */
  public static Map<String, Set<String>> read(Path text, String heading) throws IOException {
    var written = new TreeMap<String, Set<String>>();
    String all = Files.readString(text);
    int start = all.indexOf("\n## " + heading + "\n");
    int end = all.indexOf("\n## ", start + 1);
    ROW.matcher(all.substring(start, end < 0 ? all.length() : end))
        .results()
        .forEach(
            row -> written.put(row.group(1), new TreeSet<>(List.of(row.group(2).split(", ")))));
    return written;
  }

  /** The table as a text has it: a dash for a package that may import nothing. */
  public Map<String, Set<String>> written() {
    var arrows = new TreeMap<String, Set<String>>(mayImport);
    arrows.replaceAll((_, others) -> others.isEmpty() ? Set.of("—") : new TreeSet<>(others));
    return arrows;
  }
}
