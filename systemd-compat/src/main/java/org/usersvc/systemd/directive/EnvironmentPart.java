package org.usersvc.systemd.directive;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.Environment;
import org.usersvc.systemd.exec.EnvironmentSettings;
import org.usersvc.systemd.syntax.Assignment;

/** The variables of processes: systemd.exec(5), "Environment". */
public final class EnvironmentPart implements Part {
  private final List<String> assignments = new ArrayList<>();
  private final List<EnvironmentSettings.File> files = new ArrayList<>();
  private final List<String> passed = new ArrayList<>();
  private final List<String> unset = new ArrayList<>();

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Environment" -> assign(value);
      case "EnvironmentFile" -> file(value);
      case "PassEnvironment" -> value.list(passed, Environment::isName);
      case "UnsetEnvironment" -> value.list(unset, EnvironmentPart::isNameOrAssignment);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameOrAssignment(String word) {
    return Environment.isName(word) || Assignment.parse(word).value().isPresent();
  }

  private void assign(Value value) {
    if (value.isEmpty()) {
      assignments.clear();
    }
    for (var one :
        value.take(Assignment.parseList(value.raw(), value.specifiers())).orElse(List.of())) {
      assignments.add(one.name() + "=" + one.value());
    }
  }

  private void file(Value value) {
    if (value.isEmpty()) {
      files.clear();
      return;
    }
    String text = value.text();
    boolean isOptional = text.startsWith("-");
    value.absolute(
        isOptional ? text.substring(1) : text,
        path -> files.add(new EnvironmentSettings.File(path, isOptional)));
  }

  public EnvironmentSettings settings() {
    return new EnvironmentSettings(assignments, files, passed, unset);
  }
}
