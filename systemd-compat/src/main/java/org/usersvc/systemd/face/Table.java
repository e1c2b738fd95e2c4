package org.usersvc.systemd.face;

import java.util.LinkedHashMap;
import java.util.Map;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;

/**
 * The members of one interface, and the parts that know their values and deeds. Immutable.
 *
 * @param <T> what an object of the interface stands for
 */
public final class Table<T> {
  private final Interface type;
  private final Map<String, Part<T>> values;
  private final Map<String, Part<T>> verbs;

  private Table(Builder<T> builder) {
    values = Map.copyOf(builder.values);
    verbs = Map.copyOf(builder.verbs);
    type = new Interface(builder.name, builder.methods, builder.properties, builder.xml.toString());
  }

  /**
   * Some members of an interface; several interfaces may have the same part. Immutable.
   *
   * <p>A part finds values and deeds by the names of the members, and not by a function for each:
   * each function is a class, which the daemon would load at each start.
   */
  public interface Part<T> {
    /** Says which members there are. */
    void declare(Members members);

    /** The value of a property that it has declared. */
    default Object value(T subject, String property) {
      throw unknown(property);
    }

    /** Does what a method that it has declared does; it answers the call, now or later. */
    default void perform(T subject, Call call) {
      throw unknown(call.member());
    }

    /** Sets a property that it has declared, and answers the call; most cannot be set. */
    default void set(T subject, String property, Object value, Call call) {
      call.fail(StandardErrors.PROPERTY_READ_ONLY, property + " cannot be set");
    }

    /** The error for a member that the part does not know. */
    static IllegalArgumentException unknown(String member) {
      return new IllegalArgumentException("no member " + member);
    }
  }

  /** A table without members. */
  public static <T> Builder<T> of(String name) {
    return new Builder<>(name);
  }

  /** What callers see. */
  public Interface type() {
    return type;
  }

  /** The interface of one subject. */
  public Served of(T subject) {
    return new Face(subject);
  }

  private final class Face implements Served {
    private final T subject;

    Face(T subject) {
      this.subject = subject;
    }

    @Override
    public Interface type() {
      return type;
    }

    @Override
    public Object value(String property) {
      var part = values.get(property);
      if (part == null) {
        throw Part.unknown(property);
      }
      var given = part.value(subject, property);
      return given instanceof Long bits && isWide(property) ? Amounts.unsigned(bits) : given;
    }

    @Override
    public void set(String property, Object value, Call call) {
      var part = values.get(property);
      if (part == null) {
        throw Part.unknown(property);
      }
      part.set(subject, property, value, call);
    }

    private boolean isWide(String property) {
      var declared = type.properties().get(property);
      return declared != null && declared.signature().equals("t");
    }

    @Override
    public void call(Call call) {
      var part = verbs.get(call.member());
      if (part == null) {
        throw Part.unknown(call.member());
      }
      part.perform(subject, call);
    }
  }

  /** What a part declares. */
  public interface Members {
    /** A property whose changes are not signalled. */
    Members value(String property, String signature);

    /** A property whose changes are signalled with the value. */
    Members told(String property, String signature);

    /** A property that can be set, whose changes are not signalled. */
    Members setting(String property, String signature);

    /** A method. */
    Members verb(String method, String in, String out);

    /** A signal, which is sent elsewhere. */
    Members signal(String signal, String signature);
  }

  /** A table in the making. */
  public static final class Builder<T> {
    private static final String EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal";
    private final String name;
    private final Map<String, Interface.Method> methods = new LinkedHashMap<>();
    private final Map<String, Interface.Property> properties = new LinkedHashMap<>();
    private final Map<String, Part<T>> values = new LinkedHashMap<>();
    private final Map<String, Part<T>> verbs = new LinkedHashMap<>();
    private final StringBuilder xml = new StringBuilder();

    private Builder(String name) {
      this.name = name;
      xml.append("  <interface name=\"").append(name).append("\">\n");
    }

    /** All members of a part. */
    public Builder<T> with(Part<T> part) {
      part.declare(new Owned(part));
      return this;
    }

    /** The table. */
    public Table<T> build() {
      xml.append("  </interface>\n");
      return new Table<>(this);
    }

    /** What one part declares is its own. */
    private final class Owned implements Members {
      private final Part<T> part;

      Owned(Part<T> part) {
        this.part = part;
      }

      @Override
      public Members value(String property, String signature) {
        return property(property, "read", new Interface.Property(signature, false));
      }

      @Override
      public Members told(String property, String signature) {
        return property(property, "read", new Interface.Property(signature, true));
      }

      @Override
      public Members setting(String property, String signature) {
        return property(property, "readwrite", new Interface.Property(signature, false));
      }

      private Members property(String property, String access, Interface.Property declared) {
        properties.put(property, declared);
        values.put(property, part);
        xml.append("    <property name=\"")
            .append(property)
            .append("\" type=\"")
            .append(declared.signature())
            .append("\" access=\"")
            .append(access)
            .append("\">\n      <annotation name=\"" + EMITS + "\" value=\"")
            .append(declared.signalled())
            .append("\"/>\n    </property>\n");
        return this;
      }

      @Override
      public Members verb(String method, String in, String out) {
        methods.put(method, new Interface.Method(in, out));
        verbs.put(method, part);
        xml.append("    <method name=\"").append(method).append("\">\n");
        arguments(in, " direction=\"in\"");
        arguments(out, " direction=\"out\"");
        xml.append("    </method>\n");
        return this;
      }

      @Override
      public Members signal(String signal, String signature) {
        xml.append("    <signal name=\"").append(signal).append("\">\n");
        arguments(signature, "");
        xml.append("    </signal>\n");
        return this;
      }

      private void arguments(String signature, String direction) {
        for (String each : Types.each(signature)) {
          xml.append("      <arg type=\"").append(each).append('"').append(direction);
          xml.append("/>\n");
        }
      }
    }
  }
}
