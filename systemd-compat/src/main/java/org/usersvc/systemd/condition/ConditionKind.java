package org.usersvc.systemd.condition;

import java.util.Optional;

/**
 * What a condition looks at.
 *
 * <p>Source: systemd.unit(5), "Conditions and Asserts".
 */
public enum ConditionKind {
  ARCHITECTURE("Architecture"),
  FIRMWARE("Firmware"),
  VIRTUALIZATION("Virtualization"),
  HOST("Host"),
  KERNEL_COMMAND_LINE("KernelCommandLine"),
  KERNEL_VERSION("KernelVersion"),
  VERSION("Version"),
  CREDENTIAL("Credential"),
  ENVIRONMENT("Environment"),
  SECURITY("Security"),
  CAPABILITY("Capability"),
  AC_POWER("ACPower"),
  NEEDS_UPDATE("NeedsUpdate"),
  FIRST_BOOT("FirstBoot"),
  PATH_EXISTS("PathExists"),
  PATH_EXISTS_GLOB("PathExistsGlob"),
  PATH_IS_DIRECTORY("PathIsDirectory"),
  PATH_IS_SYMBOLIC_LINK("PathIsSymbolicLink"),
  PATH_IS_MOUNT_POINT("PathIsMountPoint"),
  PATH_IS_READ_WRITE("PathIsReadWrite"),
  PATH_IS_ENCRYPTED("PathIsEncrypted"),
  PATH_IS_SOCKET("PathIsSocket"),
  DIRECTORY_NOT_EMPTY("DirectoryNotEmpty"),
  FILE_NOT_EMPTY("FileNotEmpty"),
  FILE_IS_EXECUTABLE("FileIsExecutable"),
  USER("User"),
  GROUP("Group"),
  CONTROL_GROUP_CONTROLLER("ControlGroupController"),
  MEMORY("Memory"),
  CPUS("CPUs"),
  CPU_FEATURE("CPUFeature"),
  OS_RELEASE("OSRelease"),
  MEMORY_PRESSURE("MemoryPressure"),
  CPU_PRESSURE("CPUPressure"),
  IO_PRESSURE("IOPressure"),
  KERNEL_MODULE_LOADED("KernelModuleLoaded");

  private final String word;

  ConditionKind(String word) {
    this.word = word;
  }

  /** What follows {@code Condition} or {@code Assert} in the name of the directive. */
  public String word() {
    return word;
  }

  /** The kind with that word. */
  public static Optional<ConditionKind> ofWord(String word) {
    for (var kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
