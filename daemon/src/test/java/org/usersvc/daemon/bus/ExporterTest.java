package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.daemon.bus.ExportFixture.MANAGER;
import static org.usersvc.daemon.bus.ExportFixture.PROPERTIES;
import static org.usersvc.daemon.bus.ExportFixture.ROOT;
import static org.usersvc.daemon.bus.ExportFixture.SERVICE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.dbus.Errors;

/** What the D-Bus specification says of every object. */
final class ExporterTest {
  private static final String STANDARD = "org.freedesktop.DBus.";

  @TempDir private Path root;
  private ExportFixture bus;

  @BeforeEach
  void start() throws IOException {
    bus = new ExportFixture(root);
    bus.tree.service("foo");
    bus.tree.start();
    bus.call(ROOT, MANAGER + ".RegisterSession", "a{ss}a{sv}", Map.of(), Map.of());
  }

  @AfterEach
  void close() {
    bus.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/nope, org.usersvc1.Manager, Up, UnknownObject",
    "/org/usersvc1/service/nope, org.usersvc1.Service, Up, UnknownObject",
    "/org/usersvc1/service/foo/x, org.usersvc1.Service, Up, UnknownObject",
    "/org/usersvc1/session/2, org.usersvc1.Session, Up, UnknownObject",
    "/org/usersvc1/session/01, org.freedesktop.DBus.Introspectable, Introspect, UnknownObject",
    "/nope, org.freedesktop.DBus.Introspectable, Introspect, UnknownObject",
    "/org/usersvc1, org.usersvc1.Service, Up, UnknownInterface",
    "/org/usersvc1/service/foo, org.usersvc1.Manager, Rescan, UnknownInterface",
    "/org/usersvc1/service, org.freedesktop.DBus.Properties, GetAll, UnknownInterface",
    "/org/usersvc1/service/foo, org.freedesktop.DBus.ObjectManager, GetManagedObjects,"
        + " UnknownInterface",
    "/org/usersvc1, org.usersvc1.Manager, Fly, UnknownMethod",
    "/org/usersvc1, org.usersvc1.Manager, StateChanged, UnknownMethod",
    "/org/usersvc1, '', Fly, UnknownMethod",
    "/org/usersvc1/session/1, org.usersvc1.Session, Up, UnknownMethod",
    "/org/usersvc1, org.usersvc1.Manager, Up, InvalidArgs",
    "/org/usersvc1, '', Up, InvalidArgs",
    "/org/usersvc1, org.freedesktop.DBus.Properties, Get, InvalidArgs"
  })
  void whatIsNotThereHasTheErrorOfTheSpecification(
      String path, String type, String member, String error) {
    assertThat(bus.call(path, type + "." + member, "").error())
        .isEqualTo(STANDARD + "Error." + error);
  }

  @Test
  void argumentsTooManyOrOfAnotherTypeAreRefusedBeforeAnythingIsDone() {
    var call = bus.manager("Down", "ss", "foo", "bar");
    assertThat(call.outcome())
        .isEqualTo(STANDARD + "Error.InvalidArgs: org.usersvc1.Manager.Down takes (su), not (ss)");
    assertThat(bus.service("foo", "Down", "s", "foo").error()).endsWith("InvalidArgs");
    assertThat(bus.get(ExportFixture.path("foo"), SERVICE, "Wanted").outcome())
        .isEqualTo("[<s up>]");
  }

  @Test
  void withoutInterfaceTheMemberDecides() {
    assertThat(bus.call(ROOT, "GetService", "s", "foo").outcome())
        .isEqualTo("[/org/usersvc1/service/foo]");
    assertThat(bus.call(ROOT, "Ping", "").outcome()).isEqualTo("[]");
    assertThat(bus.call(ROOT, "GetAll", "s", MANAGER).error()).isEmpty();
  }

  @Test
  void peersAreAnsweredOnAnyPath() {
    for (String path : List.of("/", "/nope", ROOT, ExportFixture.path("foo"))) {
      assertThat(bus.call(path, STANDARD + "Peer.Ping", "").answerSignature()).isEmpty();
      assertThat(bus.call(path, STANDARD + "Peer.GetMachineId", "").outcome())
          .isEqualTo("[0123456789abcdef0123456789abcdef]");
    }
    bus.machineId = null;
    assertThat(bus.call("/", STANDARD + "Peer.GetMachineId", "").error())
        .isEqualTo(StandardErrors.FILE_NOT_FOUND);
    assertThat(bus.call("/nope", STANDARD + "Peer.Pong", "").error()).endsWith("UnknownMethod");
  }

  @Test
  void getAnswersWithAVariant() {
    var call = bus.get(ExportFixture.path("foo"), SERVICE, "Pid");
    assertThat(call.answerSignature()).isEqualTo("v");
    assertThat(call.outcome()).isEqualTo("[<u " + bus.tree.processes.pid("foo/run") + ">]");
    assertThat(bus.get(ExportFixture.path("foo"), "", "State").outcome()).isEqualTo("[<s run>]");
  }

  @ParameterizedTest
  @CsvSource({
    "org.usersvc1.Service, Colour, UnknownProperty",
    "org.freedesktop.DBus.Peer, Pid, UnknownProperty",
    "'', Colour, UnknownProperty",
    "org.usersvc1.Manager, Version, UnknownProperty",
    "org.nope, Pid, UnknownProperty"
  })
  void thereIsNoSuchProperty(String type, String property, String error) {
    String path = ExportFixture.path("foo");
    assertThat(bus.get(path, type, property).error()).isEqualTo(STANDARD + "Error." + error);
    assertThat(set(path, type, property).error()).isEqualTo(STANDARD + "Error." + error);
  }

  private FakeCall set(String path, String type, String property) {
    return bus.call(path, PROPERTIES + ".Set", "ssv", type, property, new Variant<>("x"));
  }

  @Test
  void noPropertyCanBeSet() {
    assertThat(set(ExportFixture.path("foo"), SERVICE, "Pid").error())
        .isEqualTo(StandardErrors.PROPERTY_READ_ONLY);
    assertThat(set(ROOT, "", "Version").error()).isEqualTo(StandardErrors.PROPERTY_READ_ONLY);
  }

  @ParameterizedTest
  @CsvSource({
    "/org/usersvc1, org.usersvc1.Manager",
    "/org/usersvc1/service/foo, org.usersvc1.Service",
    "/org/usersvc1/session/1, org.usersvc1.Session"
  })
  void getAllHasEveryPropertyWithTheSignatureThatIsDeclared(String path, String type) {
    var declared = Interface.load(Errors.class, type).properties();
    for (String asked : List.of(type, "")) {
      var all = (Map<?, ?>) bus.call(path, PROPERTIES + ".GetAll", "s", asked).value();
      assertThat(all).hasSameSizeAs(declared);
      declared.forEach((name, property) ->
          assertThat(all.get(name))
              .as(name)
              .isInstanceOfSatisfying(
                  Variant.class,
                  value -> assertThat(value.getSig()).isEqualTo(property.signature())));
    }
    assertThat(bus.call(path, PROPERTIES + ".GetAll", "s", STANDARD + "Peer").outcome())
        .isEqualTo("[{}]");
    assertThat(bus.call(path, PROPERTIES + ".GetAll", "s", "org.nope").error())
        .isEqualTo(StandardErrors.UNKNOWN_INTERFACE);
  }

  @ParameterizedTest
  @CsvSource({
    "/, '', org",
    "/org, '', usersvc1",
    "/org/usersvc1, org.usersvc1.Manager, service session",
    "/org/usersvc1/service, '', foo",
    "/org/usersvc1/session, '', 1",
    "/org/usersvc1/service/foo, org.usersvc1.Service, ''",
    "/org/usersvc1/session/1, org.usersvc1.Session, ''"
  })
  void introspectionIsTheXmlOfEveryInterfaceAndTheNodesBelow(
      String path, String own, String nodes) {
    String xml = bus.introspect(path);
    assertThat(xml).startsWith("<!DOCTYPE node PUBLIC").endsWith("</node>\n");
    var expected = new StringBuilder();
    if (!own.isEmpty()) {
      expected.append(Interface.load(Errors.class, own).xml());
    }
    if (path.equals(ROOT)) {
      expected.append(Interface.load(Errors.class, STANDARD + "ObjectManager").xml());
    }
    expected.append(Interface.load(Errors.class, STANDARD + "Introspectable").xml());
    expected.append(Interface.load(Errors.class, STANDARD + "Peer").xml());
    if (!own.isEmpty()) {
      expected.append(Interface.load(Errors.class, STANDARD + "Properties").xml());
    }
    for (String node : nodes.isEmpty() ? new String[0] : nodes.split(" ", -1)) {
      expected.append("  <node name=\"").append(node).append("\"/>\n");
    }
    assertThat(xml.substring(xml.indexOf("<node>\n")))
        .isEqualTo("<node>\n" + expected + "</node>\n");
  }

  @Test
  void managedObjectsAreAllServicesLoggersAndSessions() throws IOException {
    bus.tree.service("bar");
    TreeFixture.script(bus.tree.scan.resolve("bar/log"), "run");
    bus.tree.advance(Duration.ofSeconds(10));
    var call = bus.call(ROOT, STANDARD + "ObjectManager.GetManagedObjects", "");
    assertThat(call.answerSignature()).isEqualTo("a{oa{sa{sv}}}");
    assertThat(call.outcome())
        .contains(
            "/org/usersvc1/service/bar={org.usersvc1.Service={",
            "/org/usersvc1/service/bar_2flog={org.usersvc1.Service={",
            "/org/usersvc1/service/foo={org.usersvc1.Service={",
            "/org/usersvc1/session/1={org.usersvc1.Session={",
            "Name=<s bar/log>");
    assertThat((Map<?, ?>) call.value()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Properties", "ObjectManager", "Introspectable", "Peer"})
  void everyMethodThatIsDeclaredIsServed(String standard) {
    Interface.load(Errors.class, STANDARD + standard)
        .methods()
        .forEach((name, method) -> {
          var call =
              switch (method.in()) {
                case "s" -> bus.call(ROOT, STANDARD + standard + "." + name, "s", MANAGER);
                case "ss" -> bus.get(ROOT, MANAGER, "Version");
                case "ssv" -> set(ROOT, MANAGER, "Version");
                default -> bus.call(ROOT, STANDARD + standard + "." + name, "");
              };
          assertThat(call.isOver()).isTrue();
          if (!name.equals("Set")) {
            assertThat(call.answerSignature()).isEqualTo(method.out());
          }
        });
  }
}
