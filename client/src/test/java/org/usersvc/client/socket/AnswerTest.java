package org.usersvc.client.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

final class AnswerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Answer answer = new Answer(new Output(out, err), false);

  private void take(String bytes) throws Exception {
    answer.take(bytes.getBytes(ISO_8859_1), bytes.length());
  }

  @Test
  void everyWayToCutItGivesTheSame() throws Exception {
    String whole = "1 one\n2 two\n3 x\n1 \n1 three\n= 12\n";
    for (int i = 0; i <= whole.length(); i++) {
      var test = new AnswerTest();
      test.take(whole.substring(0, i));
      test.take(whole.substring(i));
      assertThat(test.answer.status()).isEqualTo(12);
      assertThat(test.out).hasToString("one\n\nthree\n");
      assertThat(test.err).hasToString("two\n");
    }
  }

  @Test
  void isCompleteOnlyAfterTheStatusLine() throws Exception {
    take("1 a\n= 1");
    assertThat(answer.isComplete()).isFalse();
    take("\n");
    assertThat(answer.isComplete()).isTrue();
  }

  @Test
  void statusMustBeAByte() {
    assertThatThrownBy(() -> take("= 256\n")).isInstanceOf(BrokenAnswerException.class);
    assertThatThrownBy(() -> new AnswerTest().take("= \n"))
        .isInstanceOf(BrokenAnswerException.class);
  }

  @Test
  void brokenLineIsEnded() throws Exception {
    take("2 ha");
    answer.breakOff();
    new Output(out, err).flush();
    take("");
    assertThat(err).hasToString("ha\n");
  }
}
