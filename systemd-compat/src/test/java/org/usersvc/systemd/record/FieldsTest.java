package org.usersvc.systemd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.systemd.service.Progress;

/** The text of records. */
final class FieldsTest {
  @Test
  void valuesOfAnyTextAreReadAsTheyWereWritten() throws RecordFault {
    var fields =
        new Fields()
            .put("text", "a\\n=b\n\\\nc\\")
            .put("empty", "")
            .put("number", -7L)
            .put("constant", Progress.READY)
            .putIfAny("absent", null)
            .putAll("words", List.of("a", "b"))
            .putAll("none", List.of());
    var read = Fields.parse(fields.text());
    assertThat(read.text("text")).isEqualTo("a\\n=b\n\\\nc\\");
    assertThat(read.text("empty")).isEmpty();
    assertThat(read.number("number")).isEqualTo(-7);
    assertThat(read.constant(Progress.class, "constant")).isEqualTo(Progress.READY);
    assertThat(read.find("absent")).isEmpty();
    assertThat(read.words("words")).containsExactly("a", "b");
    assertThat(read.words("none")).isEmpty();
    assertThat(read.text()).isEqualTo(fields.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "2\na=b", "1\nb", "1\n=b", "1\n"})
  void aDamagedOrLaterRecordIsRefused(String text) {
    assertThatExceptionOfType(RecordFault.class).isThrownBy(() -> Fields.parse(text));
  }

  @Test
  void aLaterVersionIsNamed() {
    assertThatExceptionOfType(RecordFault.class)
        .isThrownBy(() -> Fields.parse("2\nstate=of/another form"))
        .withMessage("is of another version (2)");
  }

  @Test
  void aValueThatIsMissingOrUnknownIsAFault() {
    var fields = new Fields().put("progress", "sleepy");
    assertThatExceptionOfType(RecordFault.class).isThrownBy(() -> fields.text("x"));
    assertThatExceptionOfType(RecordFault.class).isThrownBy(() -> fields.number("progress"));
    assertThatExceptionOfType(RecordFault.class)
        .isThrownBy(() -> fields.constant(Progress.class, "progress"));
  }
}
