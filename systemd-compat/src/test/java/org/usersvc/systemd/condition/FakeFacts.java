package org.usersvc.systemd.condition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A machine of which a test says everything. */
public final class FakeFacts implements Facts {
  public final Set<String> paths = new HashSet<>();
  public final Map<String, String> environment = new HashMap<>();
  public final Map<String, String> release = new HashMap<>();
  public String host = "Desk1";
  String commandLine = "";
  String kernel = "6.1.0-44-amd64";
  long uid = 1000;
  OptionalLong memory = OptionalLong.empty();

  /** Makes a path be as conditions of that kind want it. */
  FakeFacts has(ConditionKind kind, String path) {
    paths.add(kind + " " + path);
    return this;
  }

  @Override
  public boolean path(ConditionKind kind, String path) {
    return paths.contains(kind + " " + path);
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public long uid() {
    return uid;
  }

  @Override
  public Optional<String> userName() {
    return Optional.of("larry");
  }

  @Override
  public boolean isUser(String nameOrNumber) {
    return Set.of("larry", "1000", "root", "0").contains(nameOrNumber);
  }

  @Override
  public long gid() {
    return 1001;
  }

  @Override
  public Optional<String> groupName() {
    return Optional.of("people");
  }

  @Override
  public Set<String> groups() {
    return Set.of("1000", "larry", "audio");
  }

  @Override
  public String hostName() {
    return host;
  }

  @Override
  public Optional<String> prettyHostName() {
    return Optional.empty();
  }

  @Override
  public Optional<String> bootId() {
    return Optional.of("fedcba9876543210fedcba9876543210");
  }

  @Override
  public Optional<String> machineId() {
    return Optional.of("0123456789abcdef0123456789abcdef");
  }

  @Override
  public Optional<String> architecture() {
    return Optional.of("x86-64");
  }

  @Override
  public String kernelVersion() {
    return kernel;
  }

  @Override
  public String kernelCommandLine() {
    return commandLine;
  }

  @Override
  public Optional<String> osRelease(String key) {
    return Optional.ofNullable(release.get(key));
  }

  @Override
  public int processors() {
    return 2;
  }

  @Override
  public OptionalLong memoryBytes() {
    return memory;
  }
}
