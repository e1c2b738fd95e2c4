package org.usersvc.systemd.made;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/**
 * A unit as a caller describes it. Immutable.
 *
 * @param text as a unit file has it
 * @param pids the processes that a scope takes in
 * @param pidDescriptors the same by descriptors, as the type {@code h} has them
 * @param streams the descriptors of a service's standard streams, in the same way
 * @param isHeld whether the caller keeps it from being forgotten
 */
public record Description(
    String text,
    List<Integer> pids,
    List<Number> pidDescriptors,
    Map<Stream, Number> streams,
    boolean isHeld) {
  public Description {
    pids = List.copyOf(pids);
    pidDescriptors = List.copyOf(pidDescriptors);
    streams = Map.copyOf(streams);
  }

  /** A standard stream that a caller gives. */
  public enum Stream {
    INPUT("StandardInputFileDescriptor"),
    OUTPUT("StandardOutputFileDescriptor"),
    ERROR("StandardErrorFileDescriptor");

    private final String property;

    Stream(String property) {
      this.property = property;
    }

    /** The property that has its descriptor. */
    public String property() {
      return property;
    }
  }

  /**
   * The unit that properties describe.
   *
   * @param properties pairs of a name and a {@link Variant}, as {@code a(sv)} has them
   * @param caller the process that asks, which a pid 0 means
   * @throws UnknownSetter if one of them cannot be set so
   */
  public static Description of(UnitName unit, List<?> properties, int caller) throws UnknownSetter {
    var making = new Making(caller);
    for (Object property : properties) {
      var pair = (Object[]) property;
      making.take(unit, (String) pair[0], (Variant<?>) pair[1]);
    }
    return new Description(
        making.text(), making.pids, making.pidDescriptors, making.streams, making.isHeld);
  }

  private static final class Making {
    private final int caller;
    private final Map<Setting.Section, List<String>> lines = new LinkedHashMap<>();
    private final LimitValues limits = new LimitValues();
    private final List<Integer> pids = new ArrayList<>();
    private final List<Number> pidDescriptors = new ArrayList<>();
    private final Map<Stream, Number> streams = new EnumMap<>(Stream.class);
    private boolean isHeld;

    Making(int caller) {
      this.caller = caller;
    }

    void take(UnitName unit, String name, Variant<?> value) throws UnknownSetter {
      if (name.equals("AddRef")) {
        Shape.check(name, value, "b");
        isHeld = Boolean.TRUE.equals(value.getValue());
      } else if (!isTaken(unit.type(), name, value)) {
        var setting = Setting.of(name, unit.type());
        lines
            .computeIfAbsent(setting.section(), _ -> new ArrayList<>())
            .addAll(setting.lines(value));
      }
    }

    /** Whether it was one that no text can say. */
    private boolean isTaken(UnitType type, String name, Variant<?> value) throws UnknownSetter {
      return switch (type) {
        case SCOPE -> isProcesses(name, value);
        case SERVICE -> isOfService(name, value);
        case SLICE, TIMER, SOCKET, TARGET, PATH, DEVICE, MOUNT, AUTOMOUNT, SWAP -> false;
      };
    }

    private boolean isProcesses(String name, Variant<?> value) throws UnknownSetter {
      switch (name) {
        case "PIDs" -> takePids(value);
        case "PIDFDs" -> {
          Shape.check(name, value, "ah");
          ((List<?>) value.getValue()).forEach(each -> pidDescriptors.add((Number) each));
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean isOfService(String name, Variant<?> value) throws UnknownSetter {
      return limits.take(name, value) || isStream(name, value);
    }

    private boolean isStream(String name, Variant<?> value) throws UnknownSetter {
      for (var stream : Stream.values()) {
        if (stream.property().equals(name)) {
          Shape.check(name, value, "h");
          streams.put(stream, (Number) value.getValue());
          return true;
        }
      }
      return false;
    }

    private void takePids(Variant<?> value) throws UnknownSetter {
      Shape.check("PIDs", value, "au");
      for (Object pid : (List<?>) value.getValue()) {
        int number = ((Number) pid).intValue();
        pids.add(number == 0 ? caller : number);
      }
    }

    String text() {
      if (!limits.lines().isEmpty()) {
        lines
            .computeIfAbsent(Setting.Section.SERVICE, _ -> new ArrayList<>())
            .addAll(limits.lines());
      }
      var text = new StringBuilder();
      lines.forEach((section, all) -> {
        text.append(section.header());
        all.forEach(line -> text.append(line).append('\n'));
      });
      return text.toString();
    }
  }
}
