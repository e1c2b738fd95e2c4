package org.usersvc.systemd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ColumnsTest {
  @Test
  void titlesAreNamesInJsonAndADashIsNull() {
    var table = new Columns(false, "UNIT FILE", "STATE");
    assertThat(table.json()).isEqualTo("[]");
    table.add("", "a\"\\.service", "-");
    table.add("", "\u001b\uDC80", "up");
    assertThat(table.json())
        .isEqualTo(
            "[{\"unit_file\":\"a\\\"\\\\.service\",\"state\":null},"
                + "{\"unit_file\":\"\\u001B\\uDC80\",\"state\":\"up\"}]");
  }
}
