package org.usersvc.systemd.face;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.wire.Call;

/**
 * The members of one interface, and where their values and deeds come from. Immutable.
 *
 * @param <T> what an object of the interface stands for
 */
public final class Table<T> {
  private final Interface type;
  private final Map<String, Function<T, Object>> values;
  private final Map<String, Verb<T>> verbs;

  private Table(Builder<T> builder) {
    values = Map.copyOf(builder.values);
    verbs = Map.copyOf(builder.verbs);
    type = new Interface(builder.name, builder.methods, builder.properties, builder.xml.toString());
  }

  /** What a method does; it answers the call, now or later. */
  public interface Verb<T> {
    /** Does it to a subject; the arguments have the declared types. */
    void perform(T subject, Call call);
  }

  /** A part of an interface that several interfaces have. */
  public interface Part<T> {
    /** Adds its members. */
    void addTo(Builder<T> table);
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
      var value = values.get(property);
      if (value == null) {
        throw new IllegalArgumentException("no property " + property);
      }
      var given = value.apply(subject);
      return given instanceof Long bits && isWide(property) ? Amounts.unsigned(bits) : given;
    }

    private boolean isWide(String property) {
      var declared = type.properties().get(property);
      return declared != null && declared.signature().equals("t");
    }

    @Override
    public void call(Call call) {
      var verb = verbs.get(call.member());
      if (verb == null) {
        throw new IllegalArgumentException("no method " + call.member());
      }
      verb.perform(subject, call);
    }
  }

  /** A table in the making. */
  public static final class Builder<T> {
    private static final String EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal";
    private final String name;
    private final Map<String, Interface.Method> methods = new LinkedHashMap<>();
    private final Map<String, Interface.Property> properties = new LinkedHashMap<>();
    private final Map<String, Function<T, Object>> values = new LinkedHashMap<>();
    private final Map<String, Verb<T>> verbs = new LinkedHashMap<>();
    private final StringBuilder xml = new StringBuilder();

    private Builder(String name) {
      this.name = name;
      xml.append("  <interface name=\"").append(name).append("\">\n");
    }

    /** A property whose changes are not signalled. */
    public Builder<T> value(String property, String signature, Function<T, Object> value) {
      return property(property, new Interface.Property(signature, false), value);
    }

    /** A property whose changes are signalled with the value. */
    public Builder<T> told(String property, String signature, Function<T, Object> value) {
      return property(property, new Interface.Property(signature, true), value);
    }

    private Builder<T> property(
        String property, Interface.Property declared, Function<T, Object> value) {
      properties.put(property, declared);
      values.put(property, value);
      xml.append(
              "    <property name=\"%s\" type=\"%s\" access=\"read\">\n"
                  .formatted(property, declared.signature()))
          .append(
              "      <annotation name=\"%s\" value=\"%s\"/>\n    </property>\n"
                  .formatted(EMITS, declared.signalled()));
      return this;
    }

    /** A method. */
    public Builder<T> verb(String method, String in, String out, Verb<T> verb) {
      methods.put(method, new Interface.Method(in, out));
      verbs.put(method, verb);
      xml.append("    <method name=\"").append(method).append("\">\n");
      arguments(in, " direction=\"in\"");
      arguments(out, " direction=\"out\"");
      xml.append("    </method>\n");
      return this;
    }

    /** A signal, which is sent elsewhere. */
    public Builder<T> signal(String signal, String signature) {
      xml.append("    <signal name=\"").append(signal).append("\">\n");
      arguments(signature, "");
      xml.append("    </signal>\n");
      return this;
    }

    private void arguments(String signature, String direction) {
      for (String each : Types.each(signature)) {
        xml.append("      <arg type=\"%s\"%s/>\n".formatted(each, direction));
      }
    }

    /** All members of a part. */
    public Builder<T> with(Part<T> part) {
      part.addTo(this);
      return this;
    }

    /** The table. */
    public Table<T> build() {
      xml.append("  </interface>\n");
      return new Table<>(this);
    }
  }
}
