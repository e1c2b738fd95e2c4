package org.usersvc.daemon.socket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.render.Json;

/**
 * One request of a client.
 *
 * @param services names or absolute paths, as native text, each once
 * @param asked how long the waiting verbs wait; null: as long as is usual
 * @param json whether stdout lines are to be JSON documents
 * @param check whether status is to fail for a service that does not run
 * @param words fields of single verbs
 */
record Request(
    String verb,
    List<String> services,
    @Nullable Duration asked,
    boolean json,
    boolean check,
    Words words) {
  /** Names of services, each counted once. */
  private static final int MOST_NAMES = 20_000;

  /** Other words. */
  private static final int MOST_WORDS = 4096;

  /** The longest path (PATH_MAX), and so the longest name. */
  private static final int LONGEST_NAME = 4096;

  /** Their answers to an empty name are daemontools' own. */
  private static final Set<String> DAEMONTOOLS = Set.of("svc", "svok", "svstat");

  private static final Duration USUAL = Duration.ofSeconds(7);
  private static final int VERSION = 1;

  /**
   * Fields that only some verbs have; empty for the others.
   *
   * @param letters for svc
   * @param directory for switch
   * @param operands the words after session, env, enable and disable, as native text
   */
  record Words(String letters, String directory, List<String> operands, Options options) {}

  /**
   * Options that only some verbs have. Each is empty or false if absent.
   *
   * @param leader of a session: a pid, not checked
   * @param name of a session; for bus the address to take on
   * @param service the service whose environment is meant
   * @param signal for kill: a signal in place of KILL, not checked
   * @param flags those that are true
   */
  record Options(String leader, String name, String service, String signal, Set<Flag> flags) {
    boolean has(Flag flag) {
      return flags.contains(flag);
    }
  }

  /** Options that are true or false; the field has the name in small letters. */
  enum Flag {
    /** session: all variables of the client. */
    ALL,
    /** env: as lines for a shell. */
    SH,
    /** enable, disable: wait for the effect. */
    NOW,
    /** tree: for graphviz. */
    DOT,
    /** wait: until it is down. */
    DOWN,
    /** session: with the target of graphical sessions. */
    GRAPHICAL,
    /** list: only those in trouble. */
    FAILED,
    /** list, status, tree: text for a terminal with colours. */
    COLOR
  }

  /** Whether it comes from a program of daemontools. */
  boolean isOfDaemontools() {
    return DAEMONTOOLS.contains(verb);
  }

  /** The same for these services. */
  Request of(List<String> names) {
    return new Request(verb, names, asked, json, check, words);
  }

  /** How long the waiting verbs wait. */
  Duration patience() {
    return asked == null ? USUAL : asked;
  }

  /**
   * Reads a request line.
   *
   * @throws IOException if it is not a JSON object, a field has the wrong type, or the version is
   *     not ours; the message is fit for the client
   */
  static Request parse(byte[] line, int length) throws IOException {
    try (var json = Json.FACTORY.createParser(line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a request is one JSON object a line");
      }
      var fields = new Fields();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.read(name, json);
      }
      return fields.request();
    } catch (com.fasterxml.jackson.core.JacksonException malformed) {
      throw new IOException("the request is no JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  private static final class Fields {
    private String verb = "";
    private List<String> services = List.of();
    private @Nullable Duration asked;
    private String format = "text";
    private boolean check;
    private String letters = "";
    private String directory = "";
    private List<String> operands = List.of();
    private String leader = "";
    private String title = "";
    private String service = "";
    private String signal = "";
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "v" -> version(number(name, json));
        case "verb" -> verb = text(name, json);
        case "services" -> services = names(name, json);
        case "wait_ms" -> asked = Duration.ofMillis(Math.max(0, number(name, json)));
        case "format" -> format = text(name, json);
        case "check" -> check = truth(name, json);
        case "letters" -> letters = text(name, json);
        case "dir" -> directory = name(name, json);
        case "words" -> operands = words(name, json);
        case "leader" -> leader = text(name, json);
        case "name" -> title = text(name, json);
        case "service" -> service = filledName(name, json);
        case "all" -> flag(Flag.ALL, truth(name, json));
        case "sh" -> flag(Flag.SH, truth(name, json));
        case "now" -> flag(Flag.NOW, truth(name, json));
        case "dot" -> flag(Flag.DOT, truth(name, json));
        case "down" -> flag(Flag.DOWN, truth(name, json));
        case "graphical" -> flag(Flag.GRAPHICAL, truth(name, json));
        case "failed" -> flag(Flag.FAILED, truth(name, json));
        case "color" -> flag(Flag.COLOR, truth(name, json));
        case "signal" -> signal = text(name, json);
        default -> json.skipChildren();
      }
    }

    private void flag(Flag flag, boolean set) {
      if (set) {
        flags.add(flag);
      }
    }

    Request request() throws IOException {
      if (services.contains("") && !DAEMONTOOLS.contains(verb)) {
        throw new IOException(verb + " needs names of services, and one is empty");
      }
      if (!format.equals("text") && !format.equals("json")) {
        throw new IOException("format is text or json");
      }
      var options = new Options(leader, title, service, signal, flags);
      var words = new Words(letters, directory, operands, options);
      return new Request(verb, services, asked, format.equals("json"), check, words);
    }

    private static void version(int version) throws IOException {
      if (version != VERSION) {
        throw new IOException("this daemon speaks version 1 of the protocol, not " + version);
      }
    }

    private static int number(String name, JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw new IOException(name + " is a whole number");
      }
      return json.getIntValue();
    }

    private static boolean truth(String name, JsonParser json) throws IOException {
      if (json.currentToken() == null || !json.currentToken().isBoolean()) {
        throw new IOException(name + " is true or false");
      }
      return json.getBooleanValue();
    }

    private static String text(String name, JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw new IOException(name + " is a string");
      }
      String text = json.getText();
      if (text.indexOf('\0') >= 0) {
        throw new IOException(name + " has a NUL byte");
      }
      return text;
    }

    private static String name(String field, JsonParser json) throws IOException {
      String text = text(field, json);
      if (text.length() > LONGEST_NAME) {
        throw new IOException(field + " has a name of more than 4096 characters");
      }
      return text;
    }

    private static String filledName(String field, JsonParser json) throws IOException {
      String text = name(field, json);
      if (text.isEmpty()) {
        throw new IOException(field + " is the name of a service, and not empty");
      }
      return text;
    }

    private static List<String> names(String field, JsonParser json) throws IOException {
      checkArray(field, json);
      var names = new LinkedHashSet<String>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        names.add(name(field, json));
        if (names.size() > MOST_NAMES) {
          throw new IOException("a request names at most 20000 services; ask for less at once");
        }
      }
      return List.copyOf(names);
    }

    private static List<String> words(String field, JsonParser json) throws IOException {
      checkArray(field, json);
      var words = new ArrayList<String>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        words.add(text(field, json));
        if (words.size() > MOST_WORDS) {
          throw new IOException("a request has at most 4096 words; ask for less at once");
        }
      }
      return words;
    }

    private static void checkArray(String field, JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw new IOException(field + " is an array of strings");
      }
    }
  }
}
