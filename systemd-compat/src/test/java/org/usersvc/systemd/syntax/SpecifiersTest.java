package org.usersvc.systemd.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpecifiersTest {
  private static Specifiers of(String name) {
    var values = Map.of('t', "/run/user/1000", 'h', "/home/larry", 'x', "%n");
    return new Specifiers(UnitName.of(name), letter -> Optional.ofNullable(values.get(letter)));
  }

  private static Optional<String> expand(String name, String text) {
    return of(name).expand(text).value();
  }

  @Test
  void namesOfAnInstanceFollowFromItsName() {
    assertThat(expand("f-g@a-b.service", "%n|%N|%p|%P|%i|%I|%j|%J|%f"))
        .contains("f-g@a-b.service|f-g@a-b|f-g|f/g|a-b|a/b|g|g|/a/b");
  }

  @Test
  void namesOfAPlainUnitHaveNoInstance() {
    assertThat(expand("a-b-c.service", "%n|%N|%p|%P|%i|%I|%j|%f"))
        .contains("a-b-c.service|a-b-c|a-b-c|a/b/c|||c|/a/b/c");
  }

  @Test
  void theFileOfTheRootIsTheRoot() {
    assertThat(expand("f@-.service", "%f %I")).contains("/ /");
  }

  @Test
  void theFileOfANameThatIsNoPathIsAFlaw() {
    for (String name : new String[] {"f@-a.service", "f@\\x2fa.service", "f@a--b-.service"}) {
      var parsed = of(name).expand("%f");
      assertThat(parsed.value()).as(name).isEmpty();
      assertThat(parsed.flaws())
          .containsExactly(Flaw.warning("%f in \"%f\" has no value; write \"%%\" for a \"%\""));
    }
  }

  @Test
  void otherValuesComeFromTheSource() {
    assertThat(expand("a.service", "unix:%t/bus %h"))
        .contains("unix:/run/user/1000/bus /home/larry");
  }

  @Test
  void anUnknownSpecifierIsAFlaw() {
    assertThat(of("a.service").expand("a %z").value()).isEmpty();
    assertThat(of("a.service").expand("a %7").value()).isEmpty();
  }

  @Test
  void aPercentSignThatBeginsNoneStays() {
    assertThat(expand("a.service", "100% %% %- %")).contains("100% % %- %");
  }

  @Test
  void replacementsAreNotReadAgain() {
    assertThat(expand("a.service", "%x%%n")).contains("%n%n");
  }

  @Test
  void specifiersCannotFillTheMemory() {
    String name = "a".repeat(247) + ".service";
    var specifiers = of(name);
    String text = "%n".repeat(10_000);
    assertThat(specifiers.expand(text).value()).isPresent();
    assertThat(specifiers.expand(text).flaws())
        .singleElement()
        .extracting(Flaw::text)
        .asString()
        .startsWith("the specifiers of the unit become longer than 4 MiB");
    assertThat(specifiers.expand("%n").value()).isEmpty();
  }

  @Test
  void theSourceIsAskedOnceForEachLetter() {
    var asked = new StringBuilder();
    var specifiers =
        new Specifiers(
            UnitName.of("a.service"),
            letter -> {
              asked.append(letter);
              return Optional.of("v");
            });
    assertThat(specifiers.expand("%b%b%m").value()).contains("vvv");
    assertThat(specifiers.expand("%m%b").value()).contains("vv");
    assertThat(asked).hasToString("bm");
  }
}
