package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs with which people use D-Bus. */
@ExtendWith(TreeExtension.class)
final class BusToolsIT {
  private static final String MANAGER = "org.usersvc1.Manager";
  private static final String SERVICE = "org.usersvc1.Service";
  private static final String ROOT = "/org/usersvc1";
  private static final String WEB = "/org/usersvc1/service/web";

  private static Bus bus(Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = tree.start();
    tree.service("web").awaitUp();
    daemon.ask("rescan").expect(0);
    return Bus.usual(Desktop.ofOurselves(tree)).awaitManager();
  }

  @ParameterizedTest
  @ValueSource(strings = {ROOT, WEB, "/", "/org", "/org/usersvc1/service"})
  void everyObjectCanBeLookedInto(String path, Tree tree) throws IOException {
    var bus = bus(tree);
    bus.busctl("introspect", "org.usersvc1", path).expect(0);
    var xml =
        bus.gdbus("introspect", "--xml", "--dest=org.usersvc1", "--object-path=" + path)
            .expect(0)
            .out();
    assertThat(xml).contains("<node", "org.freedesktop.DBus.Introspectable");
    assertThat(xml).doesNotContainPattern("<arg (?![^>]*name=)");
  }

  @Test
  void busctlShowsMembersWithSignaturesAndValues(Tree tree) throws IOException {
    var bus = bus(tree);
    assertThat(bus.busctl("introspect", "org.usersvc1", ROOT).expect(0).out())
        .containsPattern("(?m)^\\.Pause +method +s +- ")
        .containsPattern("(?m)^\\.Up +method +su +su ")
        .containsPattern("(?m)^\\.GetService +method +s +o ")
        .containsPattern("(?m)^\\.RegisterSession +method +a\\{ss\\}a\\{sv\\} +o ")
        .containsPattern("(?m)^\\.StateChanged +signal +sss ")
        .containsPattern("(?m)^\\.Version +property +s +\"");
    assertThat(bus.busctl("introspect", "org.usersvc1", WEB).expect(0).out())
        .containsPattern("(?m)^\\.State +property +s +\"run\" +emits-change")
        .containsPattern("(?m)^\\.Pid +property +u +" + tree.service("web").pid() + " ");
    assertThat(bus.busctl("tree", "org.usersvc1").expect(0).out())
        .contains("/org/usersvc1\n", "/org/usersvc1/service/web\n");
  }

  @Test
  void busctlReadsPropertiesAndCalls(Tree tree) throws IOException {
    var bus = bus(tree);
    assertThat(bus.busctl("get-property", "org.usersvc1", WEB, SERVICE, "Name", "State").expect(0))
        .extracting(Ran::out)
        .isEqualTo("s \"web\"\ns \"run\"\n");
    assertThat(
            bus.busctl("get-property", "org.usersvc1", ROOT, MANAGER, "ScanDirectory")
                .expect(0)
                .out())
        .isEqualTo("s \"" + tree.scan() + "\"\n");
    assertThat(
            bus.busctl("call", "org.usersvc1", ROOT, MANAGER, "GetService", "s", "web")
                .expect(0)
                .out())
        .isEqualTo("o \"" + WEB + "\"\n");
    assertThat(
            bus.busctl("call", "org.usersvc1", WEB, SERVICE, "Down", "u", "30000").expect(0).out())
        .isEqualTo("su \"down\" 0\n");
    assertThat(
            bus.busctl("call", "org.usersvc1", ROOT, MANAGER, "Up", "su", "web", "30000")
                .expect(0)
                .out())
        .isEqualTo("su \"run\" " + tree.service("web").pid() + "\n");
  }

  @Test
  void busctlMonitorShowsWhatChanges(Tree tree) throws IOException {
    var bus = bus(tree);
    var monitor = bus.start("busctl", "--user", "--no-pager", "monitor", "org.usersvc1");
    monitor.awaitOutput("Monitoring bus message stream");
    bus.manager("Down", "web", "30000").expect(0);
    monitor.awaitOutput("Member=StateChanged");
    monitor.awaitOutput("Member=PropertiesChanged");
  }

  @Test
  void gdbusWaitReturnsWhenTheDaemonIsThere(Tree tree) throws IOException {
    tree.service("web").steady();
    var bus = Bus.usual(Desktop.ofOurselves(tree));
    var wait = bus.start("gdbus", "wait", "--session", "--timeout=60", "org.usersvc1");
    tree.start();
    assertThat(wait.awaitEnd()).isZero();
    assertThat(bus.manager("Rescan").expect(0).out()).isEqualTo("()\n");
    assertThat(bus.manager("ListServices").expect(0).out()).contains("'web'", "'" + WEB + "'");
  }

  @Test
  void dbusSendPrintsAnswers(Tree tree) throws IOException {
    var bus = bus(tree);
    assertThat(bus.dbusSend(ROOT, MANAGER + ".GetService", "string:web").expect(0).out())
        .contains("object path \"" + WEB + "\"");
    assertThat(
            bus.dbusSend(ROOT, "org.freedesktop.DBus.Properties.GetAll", "string:" + MANAGER)
                .expect(0)
                .out())
        .contains("string \"Version\"", "string \"Environment\"");
    assertThat(
            bus.dbusSend(ROOT, "org.freedesktop.DBus.ObjectManager.GetManagedObjects")
                .expect(0)
                .out())
        .contains("object path \"" + WEB + "\"", "string \"" + SERVICE + "\"");
    bus.dbusSend(WEB, "org.freedesktop.DBus.Peer.Ping").expect(0);
    assertThat(bus.dbusSend(WEB, "org.freedesktop.DBus.Peer.GetMachineId").expect(0).out())
        .containsPattern("string \"[0-9a-f]{32}\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/org/usersvc1|org.usersvc1.Manager.Up||org.freedesktop.DBus.Error.InvalidArgs",
        "/org/usersvc1|org.usersvc1.Manager.Up|int32:5|org.freedesktop.DBus.Error.InvalidArgs",
        "/org/usersvc1|org.usersvc1.Manager.Up|array:string:web|"
            + "org.freedesktop.DBus.Error.InvalidArgs",
        "/org/usersvc1|org.usersvc1.Manager.Nosuch||org.freedesktop.DBus.Error.UnknownMethod",
        "/org/usersvc1|org.example.Nosuch.Up|string:web|"
            + "org.freedesktop.DBus.Error.UnknownInterface",
        "/org/usersvc1/nosuch|org.usersvc1.Manager.Up|string:web|"
            + "org.freedesktop.DBus.Error.UnknownObject",
        "/org/usersvc1/service/nosuch|org.usersvc1.Service.Up||"
            + "org.freedesktop.DBus.Error.UnknownObject",
        "/org/usersvc1|org.usersvc1.Service.Up||org.freedesktop.DBus.Error.UnknownInterface",
        "/org/usersvc1|org.usersvc1.Manager.Pause|string:nosuch|org.usersvc1.Error.NoSuchService",
        "/org/usersvc1|org.usersvc1.Manager.GetService|string:nosuch|"
            + "org.usersvc1.Error.NoSuchService",
        "/org/usersvc1|org.usersvc1.Manager.UnregisterSession|objpath:/org/usersvc1/session/9|"
            + "org.usersvc1.Error.NoSuchSession",
        "/org/usersvc1|org.usersvc1.Manager.UnregisterSession|objpath:/|"
            + "org.usersvc1.Error.NoSuchSession",
        "/org/usersvc1|org.usersvc1.Manager.SetEnvironment|dict:string:string:1A,b|"
            + "org.usersvc1.Error.InvalidName",
        "/org/usersvc1|org.usersvc1.Manager.UnsetEnvironment|array:string:A-B|"
            + "org.usersvc1.Error.InvalidName",
        "/org/usersvc1/service/web|org.usersvc1.Service.Signal|string:NOSUCH|"
            + "org.usersvc1.Error.NoSignal"
      })
  void aCallThatCannotBeDoneIsAnsweredWithItsError(
      String path, String method, @Nullable String argument, String error, Tree tree)
      throws IOException {
    var bus = bus(tree);
    var arguments = argument == null ? new String[0] : new String[] {argument};
    var ran = bus.dbusSend(path, method, arguments).expect(1);
    assertThat(ran.err()).startsWith("Error " + error);
    bus.manager("GetService", "web").expect(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Get|string:org.usersvc1.Manager|string:Nosuch||UnknownProperty",
        "Get|string:org.example.Nosuch|string:Version||UnknownProperty",
        "GetAll|string:org.example.Nosuch|||UnknownInterface",
        "Get|string:org.usersvc1.Manager|||InvalidArgs",
        "Set|string:org.usersvc1.Manager|string:Version|variant:string:9|PropertyReadOnly",
        "Set|string:org.usersvc1.Manager|string:Nosuch|variant:string:9|UnknownProperty"
      })
  void aPropertyThatIsNotThereIsAnsweredSo(
      String member,
      String first,
      @Nullable String second,
      @Nullable String third,
      String error,
      Tree tree)
      throws IOException {
    var bus = bus(tree);
    var arguments = Stream.of(first, second, third).filter(Objects::nonNull).toArray(String[]::new);
    var ran = bus.dbusSend(ROOT, "org.freedesktop.DBus.Properties." + member, arguments).expect(1);
    assertThat(ran.err()).startsWith("Error org.freedesktop.DBus.Error." + error);
  }

  @Test
  void upTellsWhatHappened(Tree tree) throws IOException {
    var bus = bus(tree);
    tree.service("bad").run("exit 3").script("check", "exit 1");
    Needy.service(tree, "needy", "NEEDED").awaitWaiting();
    assertThat(
            Await.answer( // it may not have ended yet, where the machine is busy
                "how it has ended",
                () ->
                    bus.dbusSend(ROOT, MANAGER + ".Up", "string:bad", "uint32:1000")
                        .expect(1)
                        .err(),
                error -> error.contains("exit 3")))
        .startsWith("Error org.usersvc1.Error.Failed: bad: run ended at once: exit 3; ");
    assertThat(bus.dbusSend(ROOT, MANAGER + ".Up", "string:needy", "uint32:100").expect(1).err())
        .startsWith("Error org.usersvc1.Error.TimedOut")
        .contains("NEEDED");
  }

  @Test
  void namesOfAnyBytesAreEscaped(Tree tree) throws IOException {
    tree.shell(
        "for n in \"$(printf 'a\\377b')\" 'x y' '9lives' 'a.b-c' \"$(printf '\\303\\244')\"; do"
            + " mkdir \"services/$n\"; cd \"services/$n\"; printf '#!/bin/sh\nsleep 1000\n' > run;"
            + " chmod 755 run; cd ../..; done");
    var bus = bus(tree);
    var paths = bus.busctl("tree", "--list", "org.usersvc1").expect(0).out();
    for (var escaped : new String[] {"a_ffb", "x_20y", "_39lives", "a_2eb_2dc", "_c3_a4"}) {
      assertThat(paths).contains("/org/usersvc1/service/" + escaped + "\n");
      var path = "/org/usersvc1/service/" + escaped;
      assertThat(bus.property(path, SERVICE, "State")).isEqualTo("(<'run'>,)");
    }
    assertThat(bus.manager("ListServices").expect(0).out()).contains("a\\\\xffb", "x y");
    assertThat(bus.manager("GetService", "a.b-c").expect(0).out())
        .contains("/org/usersvc1/service/a_2eb_2dc");
  }

  @Test
  void sessionsAreObjects(Tree tree) throws IOException {
    var bus = bus(tree).awaitSession(tree);
    var leader = tree.begin("sleep", "1000");
    var monitor = bus.monitor();
    var options = "{'leader': <uint32 " + leader.pid() + ">, 'name': <'desk'>}";
    assertThat(bus.manager("RegisterSession", "{'A': 'b'}", options).expect(0).out())
        .isEqualTo("(objectpath '/org/usersvc1/session/2',)\n");
    var path = "/org/usersvc1/session/2";
    monitor.awaitOutput("InterfacesAdded \\(.*" + path + "'");
    assertThat(bus.property(path, "org.usersvc1.Session", "Leader"))
        .isEqualTo("(<uint32 " + leader.pid() + ">,)");
    assertThat(bus.property(path, "org.usersvc1.Session", "Variables"))
        .startsWith("(<{'A': 'b', 'DBUS_SESSION_BUS_ADDRESS': 'unix:");
    assertThat(bus.property(ROOT, MANAGER, "Sessions")).contains(path);
    assertThat(bus.property(ROOT, MANAGER, "Environment")).contains("'A': 'b'");
    leader.kill();
    monitor.awaitOutput("InterfacesRemoved \\(.*" + path + "'");
    assertThat(bus.property(ROOT, MANAGER, "Environment")).doesNotContain("'A': 'b'");
  }

  @Test
  void bytesThatDBusCannotCarryCostNothing(Tree tree) throws IOException {
    var bus = bus(tree);
    tree.shell(Programs.image("usersvc") + " env set \"STRAY=$(printf 'a\\377b')\"").expect(0);
    assertThat(bus.property(ROOT, MANAGER, "Environment")).contains("'STRAY': 'a\\\\xffb'");
    bus.manager("GetService", "web").expect(0);
  }
}
