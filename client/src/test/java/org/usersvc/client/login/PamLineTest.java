package org.usersvc.client.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PamLineTest {
  private static List<PamLine> parse(String... lines) {
    return PamLine.parse(List.of(lines));
  }

  @Test
  void aRuleHasATypeAControlAModuleAndArguments() {
    assertThat(parse("-session\toptional  pam_exec.so quiet /x/usersvc-session # usersvc"))
        .containsExactly(
            new PamLine(
                1, "session", "optional", "pam_exec.so", List.of("quiet", "/x/usersvc-session")));
  }

  @Test
  void commentsEmptyLinesAndIncludedFilesAreNoRules() {
    assertThat(parse("# session optional usersvc", "", "@include common-usersvc", "session"))
        .isEmpty();
  }

  @Test
  void aControlInBracketsIsOneWord() {
    assertThat(parse("auth [success=1 default=ignore] pam_unix.so nullok"))
        .containsExactly(
            new PamLine(1, "auth", "[success=1 default=ignore]", "pam_unix.so", List.of("nullok")));
  }

  @Test
  void aBackslashContinuesALineWhoseFirstNumberCounts() {
    assertThat(
            parse("auth required a.so", "session \\", "optional \\", "b.so", "auth required c.so"))
        .extracting(PamLine::number)
        .containsExactly(1, 2, 5);
  }

  @Test
  void onlyTheModuleAndItsArgumentsMakeItOurs() {
    assertThat(
            parse("session optional /x/pam_usersvc.so", "session optional a.so /x/usersvc-session"))
        .allMatch(PamLine::isOurs);
    assertThat(parse("session optional pam_unix.so")).noneMatch(PamLine::isOurs);
  }
}
