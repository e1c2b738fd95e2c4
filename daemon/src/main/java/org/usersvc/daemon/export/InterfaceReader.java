package org.usersvc.daemon.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads introspection XML of one interface, of this project's own making: no entities, no CDATA.
 */
final class InterfaceReader {
  private static final Pattern COMMENT = Pattern.compile("\\s*<!--.*?-->", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<(/?[a-z]+)([^<>]*?)/?>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
  private static final String END = "</interface>";
  private static final String EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal";

  private final Map<String, Interface.Method> methods = new LinkedHashMap<>();
  private final Map<String, Interface.Property> properties = new LinkedHashMap<>();
  private String name = "";
  private String method = "";
  private String property = "";

  private InterfaceReader() {}

  static Interface read(String document) {
    String text = COMMENT.matcher(document).replaceAll("");
    int start = text.indexOf("  <interface");
    int end = text.indexOf(END);
    if (start < 0 || end < 0) {
      throw new IllegalArgumentException("no interface in " + document);
    }
    String xml = text.substring(start, end + END.length()) + "\n";
    var reader = new InterfaceReader();
    Matcher tag = TAG.matcher(xml);
    while (tag.find()) {
      reader.take(tag.group(1), attributes(tag.group(2)));
    }
    return new Interface(reader.name, reader.methods, reader.properties, xml);
  }

  private static Map<String, String> attributes(String text) {
    var attributes = new LinkedHashMap<String, String>();
    Matcher matcher = ATTRIBUTE.matcher(text);
    while (matcher.find()) {
      attributes.put(matcher.group(1), matcher.group(2));
    }
    return attributes;
  }

  private void take(String tag, Map<String, String> attributes) {
    String called = attributes.getOrDefault("name", "");
    switch (tag) {
      case "interface" -> name = called;
      case "method" -> {
        leave();
        method = called;
        methods.put(called, new Interface.Method("", ""));
      }
      case "property" -> {
        leave();
        property = called;
        properties.put(called, new Interface.Property(attributes.getOrDefault("type", ""), true));
      }
      case "signal" -> leave();
      case "arg" -> argument(attributes);
      case "annotation" -> annotation(called, attributes.getOrDefault("value", ""));
      default -> {}
    }
  }

  private void leave() {
    method = "";
    property = "";
  }

  private void argument(Map<String, String> attributes) {
    String type = attributes.getOrDefault("type", "");
    boolean out = "out".equals(attributes.get("direction"));
    methods.computeIfPresent(
        method,
        (_, before) ->
            out
                ? new Interface.Method(before.in(), before.out() + type)
                : new Interface.Method(before.in() + type, before.out()));
  }

  private void annotation(String called, String value) {
    if (called.equals(EMITS)) {
      properties.computeIfPresent(
          property,
          (_, before) -> new Interface.Property(before.signature(), value.equals("true")));
    }
  }
}
