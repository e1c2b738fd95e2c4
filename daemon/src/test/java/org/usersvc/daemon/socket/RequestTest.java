package org.usersvc.daemon.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest {
  private static final Request.Options ALL_OPTIONS =
      new Request.Options("812", "sway", "foot", "HUP", EnumSet.allOf(Request.Flag.class));

  private static Request parse(String json) throws IOException {
    byte[] bytes = (json + "\n{\"verb\":\"not part of the line\"}").getBytes(UTF_8);
    return Request.parse(bytes, json.getBytes(UTF_8).length);
  }

  private static String refusal(String json) {
    var thrown = new Throwable[1];
    assertThatExceptionOfType(IOException.class)
        .as(json)
        .isThrownBy(() -> parse(json))
        .satisfies(refused -> thrown[0] = refused);
    return String.valueOf(thrown[0].getMessage());
  }

  @Test
  void everyFieldIsRead() throws IOException {
    var request =
        parse(
            """
            {"v":1,"verb":"up","services":["foot","/srv/a b"],"wait_ms":250,"format":"json",\
            "check":true,"letters":"du","dir":"/next","words":["set","A=b c"],"leader":"812",\
            "name":"sway","service":"foot","all":true,"sh":true,"now":true,"dot":true,\
            "down":true,"graphical":true,"failed":true,"color":true,"signal":"HUP"}\
            """);
    assertThat(request)
        .isEqualTo(
            new Request(
                "up",
                List.of("foot", "/srv/a b"),
                Duration.ofMillis(250),
                true,
                true,
                new Request.Words("du", "/next", List.of("set", "A=b c"), ALL_OPTIONS)));
  }

  @Test
  void emptyNamesOfServicesAreRefusedButForDaemontools() throws IOException {
    for (String verb : List.of("up", "status", "events")) {
      assertThat(refusal("{\"verb\":\"" + verb + "\",\"services\":[\"foot\",\"\"]}"))
          .isEqualTo(verb + " needs names of services, and one is empty");
    }
    assertThat(parse("{\"verb\":\"svstat\",\"services\":[\"\"]}").services()).containsExactly("");
  }

  @Test
  void anEnvironmentIsNotThatOfAnEmptyName() {
    assertThat(refusal("{\"verb\":\"env\",\"service\":\"\"}"))
        .isEqualTo("service is the name of a service, and not empty");
  }

  @Test
  void whatIsAbsentHasItsDefault() throws IOException {
    var request = parse("{}");
    assertThat(request.verb()).isEmpty();
    assertThat(request.services()).isEmpty();
    assertThat(request.patience()).isEqualTo(Duration.ofSeconds(7));
    assertThat(request.json()).isFalse();
    assertThat(request.check()).isFalse();
    assertThat(request.words())
        .isEqualTo(
            new Request.Words("", "", List.of(), new Request.Options("", "", "", "", Set.of())));
  }

  @Test
  void operandsAreNotLookedInto() throws IOException {
    String value = "=\u00e9\\n=".repeat(20_000);
    assertThat(
            parse("{\"words\":[\"\",\"--\",\"A\\udcff\",\"B=" + value + "\"]}").words().operands())
        .containsExactly("", "--", "A\uDCFF", "B=" + value.replace("\\n", "\n"));
  }

  @Test
  void unknownFieldsAreIgnoredWhateverTheyHold() throws IOException {
    var request =
        parse("{\"new\":{\"verb\":\"down\",\"x\":[1,{}]},\"other\":[[\"verb\"]],\"verb\":\"up\"}");
    assertThat(request.verb()).isEqualTo("up");
  }

  @Test
  void aNegativeWaitIsNone() throws IOException {
    assertThat(parse("{\"wait_ms\":-5}").patience()).isZero();
  }

  @Test
  void strayBytesComeAsEscapes() throws IOException {
    assertThat(parse("{\"services\":[\"\\udcff\\udc80\"]}").services())
        .containsExactly("\uDCFF\uDC80");
  }

  @Test
  void anotherVersionIsRefused() {
    assertThat(refusal("{\"v\":2,\"verb\":\"up\"}")).contains("version 1").contains("not 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "\"up\"", "7", "null", "list"})
  void whatIsNoObjectIsRefused(String line) {
    assertThat(refusal(line)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{\"verb\"", "{\"verb\":", "{\"verb\":\"up\"", "{\"verb\":up}", "{,}"})
  void brokenJsonIsRefused(String line) {
    assertThat(refusal(line)).startsWith("the request is no JSON: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":\"1\"}",
        "{\"v\":null}",
        "{\"v\":1.5}",
        "{\"verb\":1}",
        "{\"verb\":null}",
        "{\"verb\":[\"up\"]}",
        "{\"services\":\"foot\"}",
        "{\"services\":[1]}",
        "{\"services\":[[\"foot\"]]}",
        "{\"services\":{\"foot\":1}}",
        "{\"wait_ms\":\"7\"}",
        "{\"wait_ms\":true}",
        "{\"wait_ms\":99999999999}",
        "{\"format\":1}",
        "{\"format\":\"xml\"}",
        "{\"letters\":7}",
        "{\"dir\":false}",
        "{\"words\":\"list\"}",
        "{\"words\":[true]}",
        "{\"leader\":812}",
        "{\"name\":[]}",
        "{\"service\":null}",
        "{\"all\":\"true\"}",
        "{\"sh\":1}",
        "{\"now\":null}"
      })
  void aWrongTypeIsRefused(String line) {
    assertThat(refusal(line)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"check\":\"yes\"}", "{\"check\":1}", "{\"check\":{\"verb\":\"down\"}}"})
  void aCheckThatIsNoBooleanIsRefused(String line) {
    assertThat(refusal(line)).contains("check");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"verb\":\"u\\u0000p\"}",
        "{\"services\":[\"a\",\"b\\u0000\"]}",
        "{\"dir\":\"/a\\u0000b\"}",
        "{\"letters\":\"\\u0000\"}",
        "{\"words\":[\"set\",\"A=\\u0000\"]}",
        "{\"name\":\"\\u0000\"}"
      })
  void aNulByteIsRefused(String line) {
    assertThat(refusal(line)).contains("NUL");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] line = {'{', '"', 'v', 'e', 'r', 'b', '"', ':', '"', (byte) 0xff, '"', '}'};
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Request.parse(line, line.length));
  }

  @Test
  void refusalsAreOneLine() {
    assertThat(refusal("{\"verb\":\"a\n\"}")).doesNotContain("\n");
    assertThat(refusal("{\"ve\u0001rb\"")).doesNotContain("\u0001");
  }

  @Test
  void aDeepRequestIsRefusedNotFatal() {
    assertThat(refusal("{\"x\":" + "[".repeat(60_000))).isNotBlank();
  }
}
