package org.usersvc.systemd.read;

import java.util.Optional;
import org.usersvc.systemd.condition.Facts;
import org.usersvc.systemd.syntax.Specifiers;

/**
 * The specifiers for the machine, its system and the numbers of its user. Asking may read files.
 * Used by one thread.
 *
 * <p>Source: systemd.unit(5), "Specifiers".
 *
 * @param facts whence the values are
 */
public record MachineSpecifiers(Facts facts) implements Specifiers.Source {
  @Override
  public Optional<String> value(char letter) {
    return switch (letter) {
      case 'a' -> facts.architecture();
      case 'A' -> release("IMAGE_VERSION");
      case 'b' -> facts.bootId();
      case 'B' -> release("BUILD_ID");
      case 'g' -> facts.groupName();
      case 'G' -> Optional.of(Long.toString(facts.gid()));
      case 'H' -> Optional.of(facts.hostName());
      case 'l' -> Optional.of(shortName());
      case 'm' -> facts.machineId();
      case 'M' -> release("IMAGE_ID");
      case 'o' -> release("ID");
      case 'q' -> facts.prettyHostName().or(() -> Optional.of(shortName()));
      case 'u' -> facts.userName();
      case 'U' -> Optional.of(Long.toString(facts.uid()));
      case 'v' -> Optional.of(facts.kernelVersion());
      case 'w' -> release("VERSION_ID");
      case 'W' -> release("VARIANT_ID");
      default -> Optional.empty();
    };
  }

  /** What the system does not say is empty. */
  private Optional<String> release(String key) {
    return facts.osRelease(key).or(() -> Optional.of(""));
  }

  private String shortName() {
    return facts.hostName().split("\\.", 2)[0];
  }
}
