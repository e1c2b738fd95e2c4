package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.usersvc.client.check.Cycles;
import org.usersvc.client.check.DirectoryCheck;
import org.usersvc.client.check.Finding;
import org.usersvc.client.local.Console;
import org.usersvc.client.local.Definitions;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;

/** Shows the mistakes in service directories. The exit status is 1 if there is more than notes. */
public record VerifyServices(List<String> names) implements Errand {
  /** Endings of names that are units. */
  private static final Set<String> UNITS =
      Set.of(".service", ".socket", ".target", ".timer", ".path", ".mount", ".slice", ".scope");

  /** The directories to check, what services there are, and who needs whom. */
  private record Ground(
      Map<String, Path> checked, Set<String> services, Map<String, Set<String>> needs) {}

  /** Whether a name, or a path, is that of a unit for sure. */
  public static boolean isUnit(String name) {
    return UNITS.stream().anyMatch(name::endsWith);
  }

  /** Whether there is a service directory or a definition of this name, or at this path. */
  public static boolean isService(Desk desk, String name) {
    try {
      ServicePlace.find(desk, name);
      return true;
    } catch (Refusal none) {
      return false;
    }
  }

  @Override
  public int run(Desk desk) throws LostOutputException {
    String scan = ScanDirectory.of(desk);
    Definitions definitions = Definitions.of(desk);
    try {
      Ground ground = ground(desk, scan, definitions);
      boolean wrong = false;
      for (Map.Entry<String, Path> each : ground.checked().entrySet()) {
        wrong |= verify(desk.console(), each.getKey(), each.getValue(), ground, definitions);
      }
      return wrong ? 1 : 0;
    } catch (LostOutputException lost) {
      throw lost;
    } catch (Refusal refusal) {
      desk.console().fail("verify", refusal.text());
    } catch (IOException fault) {
      desk.console().fail("verify", Refusal.reason(fault));
    }
    return 1;
  }

  private Ground ground(Desk desk, String scan, Definitions definitions)
      throws IOException, Refusal {
    Map<String, Path> services = directories(scan);
    Map<String, Set<String>> needs = new TreeMap<>();
    Map<String, Path> all = new TreeMap<>(directories(definitions.user()));
    all.putAll(services);
    for (Map.Entry<String, Path> each : all.entrySet()) {
      needs.put(each.getKey(), needs(each.getValue()));
    }
    Map<String, Path> checked = names.isEmpty() ? all : new TreeMap<>();
    for (String name : names) {
      ServicePlace place = ServicePlace.find(desk, name);
      Path directory = NativePath.of(place.directory());
      checked.put(place.name(), directory);
      needs.putIfAbsent(place.name(), needs(directory));
    }
    return new Ground(checked, services.keySet(), needs);
  }

  private static Set<String> needs(Path directory) throws IOException {
    Set<String> all = new TreeSet<>(DirectoryCheck.names(directory, "dependencies.d"));
    all.addAll(DirectoryCheck.names(directory, "waits-for.d"));
    return all;
  }

  private static Map<String, Path> directories(String parent) throws IOException {
    Map<String, Path> all = new TreeMap<>();
    if (Files.isDirectory(NativePath.of(parent))) {
      try (Stream<Path> entries = Files.list(NativePath.of(parent))) {
        for (Path entry : entries.filter(Files::isDirectory).toList()) {
          String name = NativePath.text(entry).substring(parent.length() + 1);
          if (!name.startsWith(".")) {
            all.put(name, entry);
          }
        }
      }
    }
    return all;
  }

  private static boolean verify(
      Console console, String name, Path directory, Ground ground, Definitions definitions)
      throws IOException {
    Map<String, List<Finding>> found = new TreeMap<>(DirectoryCheck.of(directory));
    for (String kind : List.of("dependencies.d", "waits-for.d")) {
      for (String needed : DirectoryCheck.names(directory, kind)) {
        dependency(kind, needed, ground, definitions)
            .forEach(it -> add(found, kind + "/" + needed, it));
      }
    }
    String circle = Cycles.through(name, ground.needs());
    if (!circle.isEmpty()) {
      String text = "services wait for each other in a circle: " + circle;
      add(found, "", new Finding(Finding.Level.ERROR, 0, text));
    }
    boolean wrong = false;
    for (Map.Entry<String, List<Finding>> file : found.entrySet()) {
      for (Finding finding : file.getValue()) {
        wrong |= finding.level() != Finding.Level.NOTE;
        String path =
            NativePath.text(directory) + (file.getKey().isEmpty() ? "" : "/" + file.getKey());
        show(console, path, finding);
      }
    }
    return wrong;
  }

  private static void add(Map<String, List<Finding>> found, String file, Finding finding) {
    found.computeIfAbsent(file, _ -> new ArrayList<>()).add(finding);
  }

  private static List<Finding> dependency(
      String kind, String needed, Ground ground, Definitions definitions) {
    if (ground.services().contains(needed) || isUnit(needed)) {
      return List.of();
    }
    if (definitions.find(needed) != null) {
      return List.of(
          new Finding(Finding.Level.NOTE, 0, needed + " is not enabled; usersvc enable " + needed));
    }
    var level = kind.equals("dependencies.d") ? Finding.Level.ERROR : Finding.Level.WARNING;
    Set<String> known = new TreeSet<>(ground.services());
    known.addAll(ground.needs().keySet());
    String hint = DirectoryCheck.hint(needed, known);
    return List.of(new Finding(level, 0, "there is no service " + needed + hint));
  }

  private static void show(Console console, String path, Finding finding)
      throws LostOutputException {
    String line = finding.line() > 0 ? ":" + finding.line() : "";
    console.say(path + line + ": " + finding.level().word() + ": " + finding.text());
    console.document(generator -> {
      generator.writeStringField("file", path);
      generator.writeNumberField("line", finding.line());
      generator.writeStringField("level", finding.level().word());
      generator.writeStringField("text", finding.text());
    });
  }
}
