package org.usersvc.dbus.introspection;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.freedesktop.dbus.Marshalling;
import org.freedesktop.dbus.Tuple;
import org.freedesktop.dbus.annotations.DBusBoundProperty;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.annotations.PropertiesEmitsChangedSignal.EmitChangeSignal;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.utils.DBusNamingUtil;
import org.usersvc.dbus.Doc;

/**
 * The introspection XML of one annotated interface: methods, properties and signals, each by name.
 * A parameter {@code waitMs} is the argument {@code wait_ms}; the result of {@code GetService} is
 * {@code service}.
 */
final class InterfaceXml {
  private static final String HEAD =
      """
      <!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
      """;

  private static final String EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal";
  private static final int LINE = 96;

  private final StringBuilder xml = new StringBuilder(8192).append(HEAD);

  private InterfaceXml() {}

  static String of(Class<?> type) throws DBusException {
    return new InterfaceXml().write(type);
  }

  private String write(Class<?> type) throws DBusException {
    xml.append("<node>\n");
    doc(type, "  ");
    xml.append("  <interface name=\"")
        .append(DBusNamingUtil.getInterfaceName(type))
        .append("\">\n");
    for (var method : members(type, false)) {
      method(method);
    }
    for (var property : members(type, true)) {
      property(property);
    }
    for (var nested : nested(type)) {
      signal(nested);
    }
    return xml.append("  </interface>\n</node>\n").toString();
  }

  private static List<Method> members(Class<?> type, boolean properties) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .filter(method -> method.isAnnotationPresent(DBusBoundProperty.class) == properties)
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private static List<Class<?>> nested(Class<?> type) {
    return Arrays.<Class<?>>stream(type.getDeclaredClasses())
        .filter(DBusSignal.class::isAssignableFrom)
        .sorted(Comparator.comparing(Class::getSimpleName))
        .toList();
  }

  private void method(Method method) throws DBusException {
    doc(method, "    ");
    String name = DBusNamingUtil.getMethodName(method);
    var arguments = new ArrayList<String>();
    for (var parameter : method.getParameters()) {
      arguments.add(argument(argumentName(parameter), parameter.getParameterizedType(), "in"));
    }
    arguments.addAll(results(method));
    element("method name=\"" + name + "\"", "method", arguments);
  }

  private static List<String> results(Method method) throws DBusException {
    var type = method.getGenericReturnType();
    if (type == void.class) {
      return List.of();
    }
    if (!Tuple.class.isAssignableFrom(method.getReturnType())) {
      return List.of(argument(resultName(method), type, "out"));
    }
    var types = ((ParameterizedType) type).getActualTypeArguments();
    var results = new ArrayList<String>();
    for (var field : method.getReturnType().getDeclaredFields()) {
      int position = field.getAnnotation(Position.class).value();
      results.add(argument(field.getName(), types[position], "out"));
    }
    return results;
  }

  /** GetService returns a service, ListServices services, RegisterSession a session. */
  private static String resultName(Method method) {
    return snakeCase(method.getName()).replaceFirst("^[a-z]+_", "");
  }

  private void property(Method getter) throws DBusException {
    doc(getter, "    ");
    var bound = getter.getAnnotation(DBusBoundProperty.class);
    String type = signature(getter.getGenericReturnType());
    var emits = bound.emitChangeSignal();
    String name = DBusNamingUtil.getPropertyName(getter);
    element(
        "property name=\"" + name + "\" type=\"" + type + "\" access=\"read\"",
        "property",
        emits == EmitChangeSignal.TRUE
            ? List.of()
            : List.of("annotation name=\"" + EMITS + "\" value=\"" + emits + "\"/>"));
  }

  private void signal(Class<?> type) throws DBusException {
    doc(type, "    ");
    Constructor<?> constructor = type.getConstructors()[0];
    var arguments = new ArrayList<String>();
    for (var parameter :
        Arrays.asList(constructor.getParameters()).subList(1, constructor.getParameterCount())) {
      arguments.add(argument(argumentName(parameter), parameter.getParameterizedType(), ""));
    }
    element("signal name=\"" + DBusNamingUtil.getSignalName(type) + "\"", "signal", arguments);
  }

  private void element(String start, String name, List<String> content) {
    xml.append("    <").append(start);
    if (content.isEmpty()) {
      xml.append("/>\n");
      return;
    }
    xml.append(">\n");
    content.forEach(each -> xml.append("      <").append(each).append('\n'));
    xml.append("    </").append(name).append(">\n");
  }

  private static String argument(String name, Type type, String direction) throws DBusException {
    String way = direction.isEmpty() ? "" : " direction=\"" + direction + "\"";
    return "arg name=\"" + name + "\" type=\"" + signature(type) + "\"" + way + "/>";
  }

  private static String signature(Type type) throws DBusException {
    return String.join("", Marshalling.getDBusType(type));
  }

  private static String argumentName(Parameter parameter) {
    if (!parameter.isNamePresent()) {
      throw new IllegalStateException("compiled without -parameters");
    }
    return snakeCase(parameter.getName());
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private void doc(AnnotatedElement documented, String indent) {
    var doc = documented.getAnnotation(Doc.class);
    if (doc == null) {
      throw new IllegalStateException(documented + " has no Doc");
    }
    String errors =
        doc.errors().length == 0 ? "" : " Errors: " + String.join(", ", doc.errors()) + ".";
    var words = (doc.value() + errors).split(" ", -1);
    xml.append(indent).append("<!--");
    int column = indent.length() + "<!--".length();
    for (String word : words) {
      if (column + 1 + word.length() > LINE) {
        xml.append('\n').append(indent).append("    ");
        column = indent.length() + 4;
      }
      xml.append(' ').append(word);
      column += 1 + word.length();
    }
    xml.append(" -->\n");
  }
}
