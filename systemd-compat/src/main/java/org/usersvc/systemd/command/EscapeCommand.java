package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.systemd.syntax.UnitEscape;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** Answers {@code systemd-escape}. <b>Loop thread only.</b> */
public final class EscapeCommand implements Verbs.Handler {
  private static final Usage USAGE =
      new Usage(
          "systemd-escape",
          true,
          "--unescape,-u --path,-p --mangle,-m --suffix= --template= --instance --version");

  @Override
  public void answer(List<String> words, Verbs.Reply reply) {
    try {
      var line = USAGE.parse(words);
      check(line);
      var texts = new ArrayList<String>();
      for (String text : line.operands()) {
        texts.add(escaped(line, text));
        warn(line, text, reply);
      }
      reply.copy(false, String.join(" ", texts));
      reply.end(0);
    } catch (WrongWords wrong) {
      reply.copy(true, String.valueOf(wrong.getMessage()));
      reply.end(1);
    }
  }

  private static void check(Line line) throws WrongWords {
    if (line.operands().isEmpty()) {
      throw new WrongWords("Not enough arguments.");
    }
    if (line.has("template") && line.has("suffix")) {
      throw new WrongWords("--suffix= and --template= may not be combined.");
    }
    if (line.has("mangle") && line.has("unescape")) {
      throw new WrongWords("--mangle and --unescape may not be combined.");
    }
    if (line.has("suffix") && UnitType.ofSuffix(line.value("suffix", "")).isEmpty()) {
      throw new WrongWords("Invalid unit suffix type \"" + line.value("suffix", "") + "\".");
    }
    if (line.has("template")
        && UnitName.parse(line.value("template", "")).filter(UnitName::isTemplate).isEmpty()) {
      throw new WrongWords("Template name " + line.value("template", "") + " is not valid.");
    }
    if (line.has("instance") && !line.has("unescape")) {
      throw new WrongWords("--instance must be used in conjunction with --unescape.");
    }
  }

  private static String escaped(Line line, String text) throws WrongWords {
    if (line.has("mangle")) {
      return mangled(line, text);
    }
    if (line.has("unescape")) {
      return unescaped(line, text);
    }
    String escaped =
        line.has("path")
            ? UnitEscape.escapePath(text).orElseThrow(() -> noPath(text))
            : UnitEscape.escape(text);
    if (line.has("template")) {
      String template = line.value("template", "");
      int at = template.indexOf('@') + 1;
      return template.substring(0, at) + escaped + template.substring(at);
    }
    return line.has("suffix") ? escaped + "." + line.value("suffix", "") : escaped;
  }

  private static void warn(Line line, String text, Verbs.Reply reply) {
    boolean isEscaped = line.has("path") && !line.has("unescape") && !line.has("mangle");
    if (isEscaped && !text.startsWith("/")) {
      reply.copy(
          true,
          "Input '"
              + text
              + "' is not an absolute file system path, escaping is likely not going to be"
              + " reversible.");
    }
  }

  private static WrongWords noPath(String text) {
    return new WrongWords(
        "Input '" + text + "' is not an absolute file system path, failed to escape.");
  }

  private static String some(Optional<String> text, String complaint) throws WrongWords {
    return text.orElseThrow(() -> new WrongWords(complaint + "Invalid argument"));
  }

  private static String unescaped(Line line, String text) throws WrongWords {
    String part = text;
    if (line.has("template") || line.has("instance")) {
      var name = UnitName.parse(text).filter(UnitName::isInstance);
      if (name.isEmpty()) {
        throw new WrongWords("Unit " + text + " is missing the instance name.");
      }
      checkTemplate(line, name.get());
      part = name.get().instance();
    }
    return some(
        line.has("path") ? UnitEscape.unescapePath(part) : UnitEscape.unescape(part),
        "Failed to unescape string: ");
  }

  private static void checkTemplate(Line line, UnitName name) throws WrongWords {
    String own = name.prefix() + "@." + name.type().suffix();
    if (line.has("template") && !own.equals(line.value("template", ""))) {
      throw new WrongWords(
          "Unit %s template %s does not match specified template %s."
              .formatted(name, own, line.value("template", "")));
    }
  }

  /** As systemctl reads a name: what a name cannot have is escaped, and it gets a suffix. */
  private static String mangled(Line line, String text) throws WrongWords {
    String suffix = "." + line.value("suffix", "service");
    if (UnitName.parse(text).isPresent()) {
      return text;
    }
    if (text.isEmpty()) {
      throw new WrongWords("Failed to mangle name: Invalid argument");
    }
    if (text.startsWith("/")) {
      return some(UnitEscape.escapePath(text), "Failed to mangle name: ")
          + (text.startsWith("/dev/") ? ".device" : ".mount");
    }
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPlain = c < 128 && Character.isLetterOrDigit(c);
      boolean isKept = isPlain || ":-_.\\@".indexOf(c) >= 0;
      escaped.append(c == '/' ? "-" : isKept ? "" + c : UnitEscape.escape("" + c));
    }
    return UnitName.parse(escaped.toString()).isPresent() ? "" + escaped : escaped + suffix;
  }
}
