package org.usersvc.systemd.directive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.ExecSettings.IoClass;
import org.usersvc.systemd.exec.ExecSettings.Priority;
import org.usersvc.systemd.exec.ExecSettings.WorkingDirectory;

/** In what surroundings processes run: the rest of systemd.exec(5). */
public final class ExecPart implements Part {
  private WorkingDirectory directory = WorkingDirectory.HOME;
  private @Nullable Integer oomScoreAdjust;
  private @Nullable IoClass ioClass;
  private @Nullable Integer ioPriority;
  private boolean ignoresSigpipe = Priority.DEFAULT.ignoresSigpipe();
  private final List<String> searchPath = new ArrayList<>();
  private final LimitsPart limits = new LimitsPart();
  private final EnvironmentPart environment = new EnvironmentPart();
  private final StreamsPart streams = new StreamsPart();
  private final DirectoriesPart directories = new DirectoriesPart();
  private final IdentityPart identity = new IdentityPart();

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "WorkingDirectory" -> directory(value);
      case "OOMScoreAdjust" -> value.number(-1000, 1000, read -> oomScoreAdjust = (int) read);
      case "IOSchedulingClass" -> value.word(IoClass.class, word -> ioClass = word);
      case "IOSchedulingPriority" -> value.number(0, 7, read -> ioPriority = (int) read);
      case "IgnoreSIGPIPE" -> value.bool(read -> ignoresSigpipe = read);
      case "ExecSearchPath" -> searchPath(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void directory(Value value) {
    String text = value.text();
    boolean isOptional = text.startsWith("-");
    String path = isOptional ? text.substring(1) : text;
    if (path.isEmpty() || path.equals("~")) {
      directory = new WorkingDirectory(null, isOptional);
    } else {
      value.absolute(path, absolute -> directory = new WorkingDirectory(absolute, isOptional));
    }
  }

  private void searchPath(Value value) {
    if (value.isEmpty()) {
      searchPath.clear();
      return;
    }
    for (String path : value.text().split(":", -1)) {
      value.absolute(path, searchPath::add);
    }
  }

  /** All groups of systemd.exec(5). */
  public List<Part> parts() {
    return List.of(this, limits, environment, streams, directories, identity);
  }

  public ExecSettings settings() {
    return new ExecSettings(
        directory,
        limits.limits(),
        new Priority(oomScoreAdjust, ioClass, ioPriority, ignoresSigpipe),
        environment.settings(),
        streams.settings(),
        directories.directories(),
        searchPath,
        identity.identity());
  }
}
