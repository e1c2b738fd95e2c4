package org.usersvc.systemd.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The directives that systemd knows and usersvc does nothing about, in groups by the reason.
 *
 * <p>Source: systemd.directives(7), versions 252 to 258; what {@code systemd --user
 * --dump-configuration-items} of version 262 prints.
 */
public final class IgnoredDirectives {
  /** A line is: the group, a colon, the sections, a colon, the directives. */
  private static final String TABLE =
      """
      mounts: Unit: RequiresMountsFor WantsMountsFor
      machines: Unit: ConditionFraction ConditionMachineTag AssertFraction AssertMachineTag
      system actions: Unit: JobTimeoutAction JobTimeoutRebootArgument StartLimitAction
      system actions: Unit: RebootArgument FailureActionExitStatus SuccessActionExitStatus
      system actions: Service: StartLimitAction RebootArgument
      sandbox: Service Socket: NoNewPrivileges PrivateTmp PrivateDevices PrivateNetwork PrivateIPC
      sandbox: Service Socket: PrivateUsers PrivateMounts PrivatePIDs PrivateBPF ProtectSystem
      sandbox: Service Socket: ProtectHome ProtectHostname ProtectClock ProtectKernelTunables
      sandbox: Service Socket: ProtectKernelModules ProtectKernelLogs ProtectControlGroups
      sandbox: Service Socket: ProtectProc ProcSubset RestrictAddressFamilies RestrictFileSystems
      sandbox: Service Socket: RestrictNamespaces RestrictRealtime RestrictSUIDSGID
      sandbox: Service Socket: DelegateNamespaces
      sandbox: Service Socket: LockPersonality MemoryDenyWriteExecute RemoveIPC SystemCallFilter
      sandbox: Service Socket: SystemCallErrorNumber SystemCallArchitectures SystemCallLog
      sandbox: Service Socket: ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths
      sandbox: Service Socket: TemporaryFileSystem BindPaths BindReadOnlyPaths MountFlags
      sandbox: Service Socket: NetworkNamespacePath IPCNamespacePath UserNamespacePath
      sandbox: Service Socket: BindLogSockets
      sandbox: Service Socket: AppArmorProfile SELinuxContext SmackProcessLabel KeyringMode
      sandbox: Service Socket: Personality SecureBits MemoryKSM BPFDelegateCommands
      sandbox: Service Socket: MemoryTHP
      sandbox: Service Socket: BPFDelegateMaps BPFDelegatePrograms BPFDelegateAttachments
      images: Service Socket: RootDirectory RootImage RootImageOptions RootImagePolicy RootHash
      images: Service Socket: RootHashSignature RootVerity RootEphemeral MountAPIVFS
      images: Service Socket: MountImages MountImagePolicy ExtensionImages ExtensionImagePolicy
      images: Service Socket: ExtensionDirectories
      images: Service Socket: RootMStack
      images: Service: RootDirectoryStartOnly RefreshOnReload
      privileges: Service Socket: DynamicUser PAMName
      privileges: Service Socket: SetLoginEnvironment CapabilityBoundingSet AmbientCapabilities
      privileges: Service Socket: LimitNICE
      privileges: Service: PermissionsStartOnly
      credentials: Service Socket: LoadCredential LoadCredentialEncrypted SetCredential
      credentials: Service Socket: SetCredentialEncrypted ImportCredential
      scheduling: Service Socket: CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork
      scheduling: Service Socket: CPUAffinity NUMAPolicy NUMAMask TimerSlackNSec CoredumpFilter
      journal: Service Socket: LogLevelMax LogExtraFields LogRateLimitIntervalSec LogRateLimitBurst
      journal: Service Socket: LogFilterPatterns LogNamespace SyslogFacility SyslogLevel
      journal: Service Socket: SyslogLevelPrefix
      terminal: Service Socket: TTYPath TTYReset TTYVHangup TTYRows TTYColumns TTYVTDisallocate
      terminal: Service Socket: UtmpIdentifier UtmpMode
      cleaning: Service Socket: TimeoutCleanSec StateDirectoryQuota
      cleaning: Service Socket: CacheDirectoryQuota LogsDirectoryQuota StateDirectoryAccounting
      cleaning: Service Socket: CacheDirectoryAccounting LogsDirectoryAccounting
      resources: Service Socket Scope Slice: CPUAccounting CPUWeight StartupCPUWeight CPUQuota
      resources: Service Socket Scope Slice: CPUQuotaPeriodSec AllowedCPUs StartupAllowedCPUs
      resources: Service Socket Scope Slice: AllowedMemoryNodes StartupAllowedMemoryNodes CPUShares
      resources: Service Socket Scope Slice: MemoryAccounting MemoryMin MemoryLow MemoryHigh
      resources: Service Socket Scope Slice: MemoryMax
      resources: Service Socket Scope Slice: StartupMemoryLow StartupMemoryHigh StartupMemoryMax
      resources: Service Socket Scope Slice: StartupMemorySwapMax StartupMemoryZSwapMax MemoryLimit
      resources: Service Socket Scope Slice: MemorySwapMax MemoryZSwapMax MemoryZSwapWriteback
      resources: Service Socket Scope Slice: DefaultMemoryMin DefaultMemoryLow
      resources: Service Socket Scope Slice: DefaultStartupMemoryLow TasksAccounting TasksMax
      resources: Service Socket Scope Slice: IOAccounting IOWeight StartupIOWeight IODeviceWeight
      resources: Service Socket Scope Slice: IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax
      resources: Service Socket Scope Slice: IOWriteIOPSMax IODeviceLatencyTargetSec BlockIOWeight
      resources: Service Socket Scope Slice: IPAccounting IPAddressAllow IPAddressDeny
      resources: Service Socket Scope Slice: IPIngressFilterPath IPEgressFilterPath BPFProgram
      resources: Service Socket Scope Slice: SocketBindAllow SocketBindDeny NFTSet
      resources: Service Socket Scope Slice: RestrictNetworkInterfaces DeviceAllow DevicePolicy
      resources: Service Socket Scope Slice: Delegate DelegateSubgroup DisableControllers
      resources: Service Socket Scope Slice: ManagedOOMSwap ManagedOOMMemoryPressure CoredumpReceive
      resources: Service Socket Scope Slice: ManagedOOMMemoryPressureLimit ManagedOOMPreference
      resources: Service Socket Scope Slice: ManagedOOMMemoryPressureDurationSec MemoryPressureWatch
      resources: Service Socket Scope Slice: MemoryPressureThresholdSec
      resources: Service Socket Scope Slice: CPUSetPartition OOMRules BindNetworkInterface
      resources: Service Socket Scope Slice: CPUPressureWatch CPUPressureThresholdSec
      resources: Service Socket Scope Slice: IOPressureWatch IOPressureThresholdSec
      resources: Service Scope: OOMPolicy
      resources: Slice: Slice ConcurrencyHardMax ConcurrencySoftMax ActivatingConcurrencyMax
      chance: Service Scope: RuntimeRandomizedExtraSec
      chance: Service: RestartRandomizedDelaySec
      descriptors: Service: NonBlocking OpenFile FileDescriptorStorePreserve USBFunctionDescriptors
      descriptors: Service: USBFunctionStrings LUOSession
      sockets: Socket: ListenSpecial ListenNetlink ListenMessageQueue ListenUSBFunction Writable
      sockets: Socket: SocketProtocol BindIPv6Only BindToDevice SocketUser SocketGroup
      sockets: Socket: KeepAliveTimeSec KeepAliveIntervalSec KeepAliveProbes Priority DeferAcceptSec
      sockets: Socket: IPTOS IPTTL Mark SmackLabel SmackLabelIPIn SmackLabelIPOut PipeSize
      sockets: Socket: SELinuxContextFromNet MessageQueueMaxMessages MessageQueueMessageSize
      sockets: Socket: Transparent Broadcast PassPacketInfo Timestamping TCPCongestion
      sockets: Socket: AcceptFileDescriptors PollLimitIntervalSec PollLimitBurst DeferTrigger
      sockets: Socket: DeferTriggerMaxSec XAttrEntryPoint XAttrListen XAttrAccept
      clocks: Timer: RandomizedOffsetSec DeferReactivation
      """;

  private static final Map<String, String> GROUPS = groups();

  private IgnoredDirectives() {}

  private static Map<String, String> groups() {
    var groups = new HashMap<String, String>();
    for (String line : TABLE.lines().toList()) {
      String[] parts = line.split(": ", 3);
      for (String section : parts[1].split(" ", -1)) {
        for (String key : List.of(parts[2].split(" ", -1))) {
          groups.put(section + "." + key, parts[0]);
        }
      }
    }
    return Map.copyOf(groups);
  }

  /** The names of all groups. */
  static Set<String> groupNames() {
    return Set.copyOf(GROUPS.values());
  }

  /** The group of a directive; empty if it is not ignored. */
  public static Optional<String> group(String section, String key) {
    return Optional.ofNullable(GROUPS.get(section + "." + key));
  }
}
