package org.usersvc.daemon.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.usersvc.dbus.Errors;

final class InterfaceTest {
  private static final String XML =
      """
      <node>
        <!-- <method name="No"/> in
             a comment -->
        <interface name="org.x.Y">
          <!-- Doc. -->
          <method name="Fly"/>
          <method name="Go">
            <arg name="to" type="s" direction="in"/>
            <arg name="how" type="a{sv}" direction="in"/>
            <arg name="there" type="b" direction="out"/>
            <arg name="since" type="t" direction="out"/>
          </method>
          <property name="P" type="as" access="read"/>
          <property name="C" type="s" access="read">
            <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal"
              value="const"/>
          </property>
          <signal name="Gone">
            <arg name="where" type="s"/>
          </signal>
        </interface>
      </node>
      """;

  @Test
  void hasWhatItsXmlHas() {
    var read = InterfaceReader.read(XML);
    assertThat(read.name()).isEqualTo("org.x.Y");
    assertThat(read.methods())
        .isEqualTo(
            Map.of(
                "Fly", new Interface.Method("", ""), "Go", new Interface.Method("sa{sv}", "bt")));
    assertThat(read.properties())
        .isEqualTo(
            Map.of(
                "P", new Interface.Property("as", true),
                "C", new Interface.Property("s", false)));
    assertThat(read.xml())
        .startsWith("  <interface name=\"org.x.Y\">\n    <method name=\"Fly\"/>\n")
        .endsWith("  </interface>\n")
        .doesNotContain("<!--");
  }

  @Test
  void oneThatIsMissingIsABug() {
    assertThatThrownBy(() -> Interface.load(Errors.class, "org.nope"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InterfaceReader.read("<node/>"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
