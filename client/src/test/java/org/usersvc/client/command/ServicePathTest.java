package org.usersvc.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServicePathTest {
  @ParameterizedTest
  @CsvSource({
    "foo,/home/u/foo",
    "./foo//,/home/u/foo",
    ".,/home/u",
    "..,/home",
    "../../../..,/",
    "../v/x,/home/v/x",
    "a/../b,/home/u/a/../b",
    "a/..,/home/u/a/..",
    "../a/..,/home/a/.."
  })
  void isMadeAbsoluteTextually(String name, String path) {
    assertThat(ServicePath.absolute(name, "/home/u")).isEqualTo(path);
  }

  @Test
  void rootHasNoName() {
    assertThat(ServicePath.absolute("foo", "/")).isEqualTo("/foo");
    assertThat(ServicePath.absolute(".", "/")).isEqualTo("/");
    assertThat(ServicePath.absolute("//a//..//", "")).isEqualTo("/a/..");
  }

  @Test
  void namesStayNames() {
    assertThat(ServicePath.likeSv(List.of("foo", "foo/log", "")))
        .containsExactly("foo", "foo/log", "");
    assertThat(ServicePath.likeDaemontools(List.of("foo", ".foo", "")))
        .containsExactly("foo", ".foo", "");
    assertThat(ServicePath.likeDaemontools(List.of("/s/foo/"))).containsExactly("/s/foo");
  }
}
