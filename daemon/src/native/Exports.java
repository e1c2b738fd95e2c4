import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Prints the options that open every package of this JDK to the modules in the directories named:
 * GraalVM's own JDK has these exports built in.
 */
class Exports {
  public static void main(String[] directories) {
    String to =
        java.util.Arrays.stream(directories)
            .flatMap(directory -> ModuleFinder.of(Path.of(directory)).findAll().stream())
            .map(module -> module.descriptor().name())
            .sorted()
            .collect(Collectors.joining(",", "", ",ALL-UNNAMED"));
    for (var module : ModuleFinder.ofSystem().findAll()) {
      String name = module.descriptor().name();
      if (!name.startsWith("jdk.graal")) {
        for (String exported : new TreeSet<>(module.descriptor().packages())) {
          System.out.println("--add-exports=" + name + "/" + exported + "=" + to);
          System.out.println("--add-opens=" + name + "/" + exported + "=" + to);
        }
      }
    }
  }
}
