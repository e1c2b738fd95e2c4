package org.usersvc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The schema of the lines of {@code --json}, as the image has it. */
final class JsonSchema {
  private static final Path FILE =
      Path.of(Programs.image("usersvcd"))
          .resolve("../../share/usersvc/schema/usersvc-1.json")
          .normalize();

  private final ObjectNode document;

  private JsonSchema(ObjectNode document) {
    this.document = document;
  }

  static JsonSchema shipped() throws IOException {
    return new JsonSchema((ObjectNode) new ObjectMapper().readTree(Files.readString(FILE, UTF_8)));
  }

  /** The kinds of lines, and what these consist of. */
  List<String> kinds() {
    var kinds = new ArrayList<String>();
    document.path("$defs").fieldNames().forEachRemaining(kinds::add);
    return kinds;
  }

  /** Fails the test unless there are lines, each is of that kind, and the whole schema has it. */
  void expect(String kind, String lines) {
    assertThat(lines).as(kind).isNotEmpty();
    lines
        .lines()
        .forEach(line -> {
          assertThat(wrong(document, line)).as("%s", line).isEmpty();
          assertThat(wrong(only(kind), line)).as("%s: %s", kind, line).isEmpty();
        });
  }

  /** What is wrong with a line as one of that kind. */
  List<String> wrong(String kind, String line) {
    return wrong(only(kind), line);
  }

  private ObjectNode only(String kind) {
    assertThat(kinds()).contains(kind);
    var only = document.deepCopy();
    only.remove("anyOf");
    return only.put("$ref", "#/$defs/" + kind);
  }

  private static List<String> wrong(ObjectNode schema, String line) {
    var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(schema, config)
        .validate(line, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }
}
