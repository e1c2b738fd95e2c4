package org.usersvc.systemd.made;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.read.IgnoredDirectives;
import org.usersvc.systemd.syntax.UnitType;

/**
 * A property that callers can set, and the lines that say the same in a unit file. Immutable.
 *
 * @param section where the lines go
 * @param name of the property
 * @param key of the lines
 * @param shape of the value
 */
record Setting(Section section, String name, String key, Shape shape) {
  /** A section of a unit file. */
  enum Section {
    UNIT("Unit"),
    SERVICE("Service"),
    SCOPE("Scope"),
    SLICE("Slice"),
    TIMER("Timer"),
    SOCKET("Socket"),
    PATH("Path");

    private final String title;

    Section(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    /** The line that begins it. */
    String header() {
      return "[" + title + "]\n";
    }
  }

  private static final Map<String, Shape> UNIT = new HashMap<>();
  private static final Map<String, Shape> COMMON = new HashMap<>();
  private static final Map<String, Shape> SERVICE = new HashMap<>();
  private static final Map<String, Shape> TIMER = new HashMap<>();
  private static final Map<String, Shape> PATH = new HashMap<>();
  private static final Map<String, Shape> SOCKET = new HashMap<>();

  static {
    put(UNIT, Shape.TEXT, "Description SourcePath CollectMode OnFailureJobMode OnSuccessJobMode");
    put(UNIT, Shape.TEXT, "FailureAction SuccessAction JobTimeoutAction");
    put(
        UNIT,
        Shape.NAMES,
        "Requires Requisite Wants BindsTo PartOf Upholds Conflicts Before After");
    put(UNIT, Shape.NAMES, "OnFailure OnSuccess PropagatesReloadTo PropagatesStopTo Documentation");
    put(UNIT, Shape.NAMES, "ReloadPropagatedFrom StopPropagatedFrom JoinsNamespaceOf");
    put(UNIT, Shape.BOOLEAN, "DefaultDependencies StopWhenUnneeded RefuseManualStart");
    put(UNIT, Shape.BOOLEAN, "RefuseManualStop AllowIsolate IgnoreOnIsolate");
    put(UNIT, Shape.MICROS, "StartLimitIntervalUSec JobTimeoutUSec JobRunningTimeoutUSec");
    put(UNIT, Shape.NUMBER, "StartLimitBurst");
    put(UNIT, Shape.CONDITIONS, "Conditions Asserts");

    put(COMMON, Shape.TEXT, "Slice KillMode");
    put(COMMON, Shape.NUMBER, "KillSignal RestartKillSignal FinalKillSignal WatchdogSignal");
    put(COMMON, Shape.BOOLEAN, "SendSIGHUP SendSIGKILL");
    put(COMMON, Shape.MICROS, "TimeoutStopUSec RuntimeMaxUSec");
    put(COMMON, Shape.VAIN, "CPUQuotaPerSecUSec DelegateControllers TasksMaxScale");
    put(COMMON, Shape.VAIN, "MemoryMinScale MemoryLowScale MemoryHighScale MemoryMaxScale");
    put(COMMON, Shape.VAIN, "MemorySwapMaxScale");

    put(SERVICE, Shape.TEXT, "Type ExitType Restart RestartMode PIDFile NotifyAccess BusName");
    put(SERVICE, Shape.TEXT, "StandardInput StandardOutput StandardError SyslogIdentifier");
    put(SERVICE, Shape.TEXT, "TimeoutStartFailureMode TimeoutStopFailureMode UtmpMode");
    put(SERVICE, Shape.TEXT, "RuntimeDirectoryPreserve");
    put(SERVICE, Shape.TEXT, "WorkingDirectory");
    put(SERVICE, Shape.BOOLEAN, "RemainAfterExit GuessMainPID IgnoreSIGPIPE");
    put(SERVICE, Shape.MICROS, "RestartUSec RestartMaxDelayUSec TimeoutStartUSec TimeoutAbortUSec");
    put(SERVICE, Shape.MICROS, "WatchdogUSec TimeoutUSec");
    put(SERVICE, Shape.NUMBER, "RestartSteps FileDescriptorStoreMax Nice OOMScoreAdjust");
    put(SERVICE, Shape.NUMBER, "IOSchedulingPriority IOSchedulingClass");
    put(SERVICE, Shape.NUMBER, "ReloadSignal");
    put(SERVICE, Shape.OCTAL, "UMask RuntimeDirectoryMode StateDirectoryMode CacheDirectoryMode");
    put(SERVICE, Shape.OCTAL, "LogsDirectoryMode ConfigurationDirectoryMode");
    put(SERVICE, Shape.QUOTED, "Environment UnsetEnvironment PassEnvironment");
    put(SERVICE, Shape.QUOTED, "RuntimeDirectory StateDirectory CacheDirectory LogsDirectory");
    put(SERVICE, Shape.QUOTED, "ConfigurationDirectory ExecSearchPath");
    put(SERVICE, Shape.FILES, "EnvironmentFiles");
    put(SERVICE, Shape.STATUSES, "SuccessExitStatus RestartPreventExitStatus");
    put(SERVICE, Shape.STATUSES, "RestartForceExitStatus");
    put(SERVICE, Shape.COMMANDS, "ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload");
    put(SERVICE, Shape.COMMANDS, "ExecStop ExecStopPost ExecStartEx ExecStartPreEx");
    put(SERVICE, Shape.COMMANDS, "ExecStartPostEx ExecReloadEx ExecStopEx ExecStopPostEx");

    put(TIMER, Shape.TEXT, "Unit");
    put(TIMER, Shape.BOOLEAN, "Persistent RemainAfterElapse WakeSystem FixedRandomDelay");
    put(TIMER, Shape.BOOLEAN, "OnClockChange OnTimezoneChange");
    put(TIMER, Shape.MICROS, "AccuracyUSec RandomizedDelayUSec");
    put(TIMER, Shape.TIMERS, "TimersMonotonic TimersCalendar");
    put(TIMER, Shape.MICROS, "OnActiveUSec OnBootUSec OnStartupUSec OnUnitActiveUSec");
    put(TIMER, Shape.MICROS, "OnUnitInactiveUSec");
    put(TIMER, Shape.TEXT, "OnCalendar");

    put(PATH, Shape.TEXT, "Unit");
    put(PATH, Shape.PATHS, "Paths");
    put(PATH, Shape.BOOLEAN, "MakeDirectory");
    put(PATH, Shape.OCTAL, "DirectoryMode");
    put(PATH, Shape.MICROS, "TriggerLimitIntervalUSec");
    put(PATH, Shape.NUMBER, "TriggerLimitBurst");

    put(SOCKET, Shape.LISTENERS, "Listen");
    put(SOCKET, Shape.TEXT, "FileDescriptorName Service");
    put(SOCKET, Shape.NAMES, "Symlinks");
    put(SOCKET, Shape.BOOLEAN, "Accept FlushPending RemoveOnStop KeepAlive NoDelay FreeBind");
    put(SOCKET, Shape.BOOLEAN, "PassCredentials PassPIDFD PassSecurity ReusePort");
    put(SOCKET, Shape.BOOLEAN, "PassFileDescriptorsToExec");
    put(SOCKET, Shape.NUMBER, "Backlog MaxConnections MaxConnectionsPerSource TriggerLimitBurst");
    put(SOCKET, Shape.NUMBER, "ReceiveBuffer SendBuffer");
    put(SOCKET, Shape.OCTAL, "SocketMode DirectoryMode");
    put(SOCKET, Shape.MICROS, "TimeoutUSec TriggerLimitIntervalUSec");
    put(SOCKET, Shape.COMMANDS, "ExecStartPre ExecStartPost ExecStopPre ExecStopPost");
    put(SOCKET, Shape.COMMANDS, "ExecStartPreEx ExecStartPostEx ExecStopPreEx ExecStopPostEx");
  }

  private static void put(Map<String, Shape> table, Shape shape, String names) {
    for (String name : List.of(names.split(" "))) {
      table.put(name, shape);
    }
  }

  /**
   * The property of that name.
   *
   * @throws UnknownSetter if units of the type have none that can be set
   */
  static Setting of(String name, UnitType type) throws UnknownSetter {
    var common = UNIT.get(name);
    if (common == null && IgnoredDirectives.group(Section.UNIT.title(), name).isPresent()) {
      common = Shape.VAIN;
    }
    if (common != null) {
      return new Setting(Section.UNIT, name, key(name), common);
    }
    var section = section(name, type);
    var shape = shape(section, name);
    String key = key(name);
    if (shape == null && IgnoredDirectives.group(section.title(), key).isPresent()) {
      shape = Shape.VAIN;
    }
    if (shape == null) {
      throw UnknownSetter.readOnly(name);
    }
    return new Setting(section, name, key, shape);
  }

  private static Section section(String name, UnitType type) throws UnknownSetter {
    return switch (type) {
      case SERVICE -> Section.SERVICE;
      case SCOPE -> Section.SCOPE;
      case SLICE -> Section.SLICE;
      case TIMER -> Section.TIMER;
      case SOCKET -> Section.SOCKET;
      case PATH -> Section.PATH;
      case TARGET, DEVICE, MOUNT, AUTOMOUNT, SWAP -> throw UnknownSetter.readOnly(name);
    };
  }

  private static @Nullable Shape shape(Section section, String name) {
    return switch (section) {
      case SERVICE -> SERVICE.getOrDefault(name, COMMON.get(name));
      case SCOPE, SLICE -> COMMON.get(name);
      case TIMER -> TIMER.get(name);
      case PATH -> PATH.get(name);
      case SOCKET -> SOCKET.get(name);
      case UNIT -> null;
    };
  }

  /** In files, times are in seconds and commands with flags have no name of their own. */
  private static String key(String name) {
    return switch (name) {
      case "EnvironmentFiles" -> "EnvironmentFile";
      default -> name.replaceAll("USec$", "Sec").replaceAll("(?<=^Exec.{1,20})Ex$", "");
    };
  }

  /**
   * The lines for a value.
   *
   * @throws UnknownSetter if the property cannot have it
   */
  List<String> lines(Variant<?> value) throws UnknownSetter {
    if (!shape.takes(value.getSig())) {
      throw UnknownSetter.invalid(name, "it is of the type " + value.getSig());
    }
    return shape.lines(key, value.getValue());
  }
}
