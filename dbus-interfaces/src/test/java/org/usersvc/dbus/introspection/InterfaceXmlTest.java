package org.usersvc.dbus.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.freedesktop.dbus.utils.DBusNamingUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.usersvc.dbus.Doc;
import org.usersvc.dbus.Errors;
import org.usersvc.dbus.Manager;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the build has written beside the classes, which is what is installed. */
final class InterfaceXmlTest {
  private static final String EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal";

  static List<Class<?>> interfaces() {
    return WriteInterfaces.INTERFACES;
  }

  static List<String> standard() {
    return List.of("Properties", "Introspectable", "Peer", "ObjectManager");
  }

  private static String resource(String name) {
    try (InputStream in = Manager.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static Element parse(String xml) {
    try {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setEntityResolver((_, _) -> new InputSource(new StringReader("")));
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException fault) {
      throw new AssertionError(xml, fault);
    }
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** {@code Start(s name, u wait_ms) -> (s state, u pid)}, {@code Pid u}. */
  private static List<String> members(Element type) {
    var lines = new ArrayList<String>();
    for (var method : elements(type, "method")) {
      lines.add(
          "  "
              + method.getAttribute("name")
              + arguments(method, "in")
              + " -> "
              + arguments(method, "out"));
    }
    for (var property : elements(type, "property")) {
      lines.add(
          ("  "
                  + property.getAttribute("name")
                  + " "
                  + property.getAttribute("type")
                  + " "
                  + property.getAttribute("access")
                  + " "
                  + emits(property))
              .strip()
              .indent(2)
              .stripTrailing());
    }
    for (var signal : elements(type, "signal")) {
      lines.add("  signal " + signal.getAttribute("name") + arguments(signal, ""));
    }
    return lines;
  }

  private static String arguments(Element member, String direction) {
    var arguments = new ArrayList<String>();
    for (var argument : elements(member, "arg")) {
      if (argument.getAttribute("direction").equals(direction)) {
        arguments.add(argument.getAttribute("type") + " " + argument.getAttribute("name"));
      }
    }
    return "(" + String.join(", ", arguments) + ")";
  }

  private static String emits(Element property) {
    for (var annotation : elements(property, "annotation")) {
      if (annotation.getAttribute("name").equals(EMITS)) {
        return annotation.getAttribute("value");
      }
    }
    return "";
  }

  @Test
  void saysWhatCallersHaveBeenPromised() {
    var lines = new ArrayList<String>();
    for (var type : interfaces()) {
      String name = DBusNamingUtil.getInterfaceName(type);
      var found = elements(parse(resource(name + ".xml")), "interface");
      assertThat(found).singleElement().returns(name, each -> each.getAttribute("name"));
      lines.add(name);
      lines.addAll(members(found.getFirst()));
    }
    assertThat(lines)
        .containsExactlyElementsOf(resource("introspection/org.usersvc1.txt").lines().toList());
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void hasEveryMemberAndItsDoc(Class<?> type) {
    String xml = resource(DBusNamingUtil.getInterfaceName(type) + ".xml");
    var names = new TreeSet<String>();
    for (String kind : List.of("method", "property", "signal")) {
      elements(parse(xml), kind).forEach(each -> names.add(each.getAttribute("name")));
    }
    var expected = new TreeSet<String>();
    for (var method : type.getDeclaredMethods()) {
      assertThat(method.getAnnotation(Doc.class)).as(method.toString()).isNotNull();
      expected.add(method.getName().replaceFirst("^get", ""));
    }
    for (var nested : type.getDeclaredClasses()) {
      expected.add(nested.getSimpleName());
    }
    assertThat(names).isEqualTo(expected);
    long members = xml.lines().filter(line -> line.matches(" {4}<[mps].*")).count();
    assertThat(xml.split("<!--", -1)).as("docs").hasSize((int) members + 2);
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void isWhatTheInterfaceOfTodayGives(Class<?> type) throws Exception {
    assertThat(resource(DBusNamingUtil.getInterfaceName(type) + ".xml"))
        .isEqualTo(InterfaceXml.of(type));
  }

  @ParameterizedTest
  @MethodSource("standard")
  void theStandardInterfacesAreWellFormed(String name) {
    String full = "org.freedesktop.DBus." + name;
    assertThat(elements(parse(resource(full + ".xml")), "interface"))
        .singleElement()
        .returns(full, each -> each.getAttribute("name"));
  }

  @Test
  void everyErrorIsDocumentedForSomeMethod() throws IllegalAccessException {
    var declared = new TreeSet<String>();
    for (var field : Errors.class.getFields()) {
      assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
      declared.add((String) field.get(null));
    }
    var documented = new TreeSet<String>();
    for (var type : interfaces()) {
      for (var method : type.getDeclaredMethods()) {
        documented.addAll(Arrays.asList(method.getAnnotation(Doc.class).errors()));
      }
    }
    assertThat(documented).isEqualTo(declared);
    assertThat(declared).allMatch(name -> name.startsWith("org.usersvc1.Error."));
  }

  @Test
  void theActivationFileStartsTheClient() throws IOException {
    var file = Path.of("src/main/dbus/org.usersvc1.service.in");
    assertThat(Files.readAllLines(file))
        .containsExactly("[D-BUS Service]", "Name=org.usersvc1", "Exec=@bindir@/usersvc activate");
  }
}
