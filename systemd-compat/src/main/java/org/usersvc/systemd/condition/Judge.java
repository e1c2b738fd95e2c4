package org.usersvc.systemd.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.usersvc.daemon.calendar.Amount;
import org.usersvc.systemd.condition.Comparison.Operator;
import org.usersvc.systemd.condition.Judgement.Judged;
import org.usersvc.systemd.condition.Judgement.Result;

/**
 * Says whether conditions are met. One that cannot be judged counts as met. Immutable.
 *
 * <p>Source: systemd.unit(5), "Conditions and Asserts".
 */
public final class Judge {
  /** The highest number of a system user in Debian and most others. */
  private static final long LAST_SYSTEM_UID = 999;

  private static final long OVERFLOW_UID = 65534;
  private static final Pattern BYTES = Pattern.compile("([0-9]+)([KMGTPE]?)");
  private static final String UNITS = "KMGTPE";

  private final Facts facts;

  public Judge(Facts facts) {
    this.facts = facts;
  }

  /**
   * Judges all conditions of a unit. Those without {@code |} all have to hold, and one of those
   * with it if there are any.
   */
  public Judgement judge(List<Condition> conditions) {
    var each = new ArrayList<Judged>();
    boolean holds = true;
    boolean hasTrigger = false;
    boolean isTriggered = false;
    for (var condition : conditions) {
      var result = result(condition);
      each.add(new Judged(condition, result));
      boolean isMet = result != Result.UNMET;
      hasTrigger |= condition.trigger();
      isTriggered |= condition.trigger() && isMet;
      holds &= condition.trigger() || isMet;
    }
    return new Judgement(holds && (!hasTrigger || isTriggered), each);
  }

  private Result result(Condition condition) {
    return holds(condition.kind(), condition.argument())
        .map(holds -> holds == condition.negate() ? Result.UNMET : Result.MET)
        .orElse(Result.UNKNOWN);
  }

  private Optional<Boolean> holds(ConditionKind kind, String argument) {
    return switch (kind) {
      case PATH_EXISTS, PATH_EXISTS_GLOB, PATH_IS_DIRECTORY, PATH_IS_SYMBOLIC_LINK ->
          Optional.of(facts.path(kind, argument));
      case PATH_IS_MOUNT_POINT, PATH_IS_READ_WRITE, PATH_IS_SOCKET ->
          Optional.of(facts.path(kind, argument));
      case DIRECTORY_NOT_EMPTY, FILE_NOT_EMPTY, FILE_IS_EXECUTABLE ->
          Optional.of(facts.path(kind, argument));
      case ENVIRONMENT -> Optional.of(isSet(argument));
      case USER -> Optional.of(isUser(argument));
      case GROUP -> Optional.of(facts.groups().contains(argument));
      case HOST -> Optional.of(isHost(argument));
      case ARCHITECTURE -> isArchitecture(argument);
      case KERNEL_COMMAND_LINE -> isInCommandLine(argument);
      case KERNEL_VERSION -> Optional.of(isKernel(argument));
      case VERSION -> isVersion(argument);
      case OS_RELEASE -> isRelease(argument);
      case CPUS -> compare(argument, OptionalLong.of(facts.processors()));
      case MEMORY -> compare(argument, facts.memoryBytes());
      case FIRMWARE,
          VIRTUALIZATION,
          CREDENTIAL,
          SECURITY,
          CAPABILITY,
          AC_POWER,
          NEEDS_UPDATE,
          FIRST_BOOT,
          PATH_IS_ENCRYPTED,
          CONTROL_GROUP_CONTROLLER,
          CPU_FEATURE,
          MEMORY_PRESSURE,
          CPU_PRESSURE,
          IO_PRESSURE,
          KERNEL_MODULE_LOADED ->
          Optional.empty();
    };
  }

  private Optional<Boolean> isArchitecture(String argument) {
    return facts.architecture().map(own -> argument.equals("native") || argument.equals(own));
  }

  private boolean isSet(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0
        ? facts.environment(argument).isPresent()
        : facts
            .environment(argument.substring(0, equals))
            .filter(argument.substring(equals + 1)::equals)
            .isPresent();
  }

  private boolean isUser(String argument) {
    long uid = facts.uid();
    return argument.equals("@system")
        ? uid <= LAST_SYSTEM_UID || uid == OVERFLOW_UID
        : argument.equals(Long.toString(uid))
            || facts.userName().filter(argument::equals).isPresent();
  }

  private boolean isHost(String argument) {
    String id = argument.replace("-", "").toLowerCase(Locale.ROOT);
    return facts.machineId().filter(id::equals).isPresent()
        || Glob.of(argument.toLowerCase(Locale.ROOT))
            .matches(facts.hostName().toLowerCase(Locale.ROOT));
  }

  private Optional<Boolean> isInCommandLine(String argument) {
    String line = facts.kernelCommandLine();
    if (line.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(line.strip().split("\\s+")).stream()
            .anyMatch(word ->
                word.equals(argument)
                    || (argument.indexOf('=') < 0 && word.startsWith(argument + "="))));
  }

  private boolean isKernel(String argument) {
    return List.of(argument.replaceAll("([<>=!$])\\s+", "$1").strip().split("\\s+")).stream()
        .map(word -> Comparison.of(word, Operator.MATCH))
        .allMatch(comparison -> comparison.holdsForVersion(facts.kernelVersion()));
  }

  /** Of the versions that can be asked for, only the kernel's is known here. */
  private Optional<Boolean> isVersion(String argument) {
    if (!argument.startsWith("kernel")) {
      return Comparison.operatorIn(argument).orElse(1) == 0
          ? Optional.of(isKernel(argument))
          : Optional.empty();
    }
    return Optional.of(isKernel(argument.substring("kernel".length())));
  }

  private Optional<Boolean> isRelease(String argument) {
    var operator = Comparison.operatorIn(argument);
    if (operator.isEmpty()) {
      return Optional.empty();
    }
    String key = argument.substring(0, operator.getAsInt()).strip();
    var comparison = Comparison.of(argument.substring(operator.getAsInt()), Operator.TEXT);
    return Optional.of(comparison.holdsForVersion(facts.osRelease(key).orElse("")));
  }

  private static Optional<Boolean> compare(String argument, OptionalLong own) {
    var comparison = Comparison.of(argument, Operator.AT_LEAST);
    var bytes = BYTES.matcher(comparison.operand());
    if (own.isEmpty() || !bytes.matches()) {
      return Optional.empty();
    }
    String unit = bytes.group(2);
    int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
    long other = Amount.times(bytes.group(1), 1L << shift).orElse(Long.MAX_VALUE);
    return Optional.of(comparison.holdsForNumber(own.getAsLong(), other));
  }
}
