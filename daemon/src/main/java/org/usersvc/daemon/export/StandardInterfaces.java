package org.usersvc.daemon.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.dbus.Errors;

/** The interfaces of the D-Bus specification, as every object has them. */
public final class StandardInterfaces {
  public static final Interface PROPERTIES = load("Properties");
  public static final Interface OBJECT_MANAGER = load("ObjectManager");
  private static final Interface INTROSPECTABLE = load("Introspectable");
  private static final Interface PEER = load("Peer");

  private StandardInterfaces() {}

  private static Interface load(String name) {
    return Interface.load(Errors.class, "org.freedesktop.DBus." + name);
  }

  private static IllegalStateException undeclared(Interface type, String member) {
    return new IllegalStateException(type.name() + " declares " + member + " and does not have it");
  }

  /** An interface without properties. */
  abstract static class WithoutProperties implements Served {
    private final Interface type;

    WithoutProperties(Interface type) {
      this.type = type;
    }

    @Override
    public Interface type() {
      return type;
    }

    @Override
    public Object value(String property) {
      throw undeclared(type, property);
    }
  }

  static final class Peer extends WithoutProperties {
    private final Supplier<@Nullable String> machineId;

    Peer(Supplier<@Nullable String> machineId) {
      super(PEER);
      this.machineId = machineId;
    }

    @Override
    public void call(Call call) {
      switch (call.member()) {
        case "Ping" -> call.answer("");
        case "GetMachineId" -> {
          String id = machineId.get();
          if (id == null) {
            call.fail(StandardErrors.FILE_NOT_FOUND, "there is no /etc/machine-id");
          } else {
            call.answer("s", id);
          }
        }
        default -> throw undeclared(PEER, call.member());
      }
    }
  }

  static final class Introspection extends WithoutProperties {
    private static final String HEAD =
        """
        <!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
        <node>
        """;

    private final ObjectTree tree;
    private final String path;
    private final List<Served> all;

    /**
     * @param all the interfaces of the object, this one included
     */
    Introspection(ObjectTree tree, String path, List<Served> all) {
      super(INTROSPECTABLE);
      this.tree = tree;
      this.path = path;
      this.all = all;
    }

    @Override
    public void call(Call call) {
      var xml = new StringBuilder(HEAD);
      all.forEach(served -> xml.append(served.type().xml()));
      for (String child : tree.children(path)) {
        xml.append("  <node name=\"").append(child).append("\"/>\n");
      }
      call.answer("s", xml.append("</node>\n").toString());
    }
  }

  static final class Manager extends WithoutProperties {
    private final ObjectTree tree;
    private final String path;

    Manager(ObjectTree tree, String path) {
      super(OBJECT_MANAGER);
      this.tree = tree;
      this.path = path;
    }

    @Override
    public void call(Call call) {
      call.answer(
          "a{oa{sa{sv}}}", new LazyMap<>(tree.below(path), DBusPath::new, this::interfaces));
    }

    private Map<String, Map<String, Variant<?>>> interfaces(String object) {
      var found = tree.find(object);
      return found == null ? Map.of() : StandardInterfaces.variants(found);
    }
  }

  /** All properties of all interfaces, as a{sa{sv}}. */
  public static Map<String, Map<String, Variant<?>>> variants(List<Served> interfaces) {
    var all = new LinkedHashMap<String, Map<String, Variant<?>>>();
    interfaces.forEach(served -> all.put(served.type().name(), served.variants()));
    return all;
  }

  static final class Properties extends WithoutProperties {
    private final List<Served> own;
    private final List<Served> all;

    /**
     * @param own the interfaces that have properties
     * @param all the interfaces of the object
     */
    Properties(List<Served> own, List<Served> all) {
      super(PROPERTIES);
      this.own = own;
      this.all = all;
    }

    @Override
    public void call(Call call) {
      String name = (String) call.arguments().getFirst();
      var meant = meant(name);
      if (!call.member().equals("GetAll")) {
        one(call, meant, (String) call.arguments().get(1));
      } else if (meant.isEmpty()) {
        call.fail(StandardErrors.UNKNOWN_INTERFACE, call.path() + " has no interface " + name);
      } else {
        var values = new LinkedHashMap<String, Variant<?>>();
        meant.forEach(served -> values.putAll(served.variants()));
        call.answer("a{sv}", values);
      }
    }

    private List<Served> meant(String name) {
      if (name.isEmpty()) {
        return own;
      }
      var meant = new ArrayList<>(all);
      meant.removeIf(served -> !served.type().name().equals(name));
      return meant;
    }

    /** An interface that is not there has no property either; so services of systemd answer. */
    private static void one(Call call, List<Served> meant, String property) {
      for (var served : meant) {
        if (!served.type().properties().containsKey(property)) {
          continue;
        }
        if (call.member().equals("Get")) {
          call.answer("v", served.variant(property));
        } else {
          served.set(property, ((Variant<?>) call.arguments().getLast()).getValue(), call);
        }
        return;
      }
      call.fail(StandardErrors.UNKNOWN_PROPERTY, call.path() + " has no property " + property);
    }
  }
}
