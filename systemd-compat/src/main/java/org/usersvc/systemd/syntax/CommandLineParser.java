package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.syntax.CommandLine.Prefix;

/** Reads one value of {@code ExecStart=} or the like. Used once, by one thread. */
final class CommandLineParser {
  private static final Pattern EMPTY_PARTS = Pattern.compile("/(\\./|/)+");
  private static final int LONGEST_NAME = 255;

  private final String value;
  private final Specifiers specifiers;
  private final WordReader reader;
  private final List<CommandLine> commands = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();

  CommandLineParser(String value, Specifiers specifiers) {
    this.value = value;
    this.specifiers = specifiers;
    this.reader = new WordReader(value, Words.Style.LENIENT);
  }

  Parsed<List<CommandLine>> parse() {
    boolean isGood = true;
    while (isGood && reader.hasNext()) {
      isGood = reader.skips(";") || takesCommand();
    }
    return Parsed.of(List.copyOf(commands), flaws);
  }

  /** Takes one command up to its {@code ;}; false after a mistake. */
  private boolean takesCommand() {
    var prefixes = EnumSet.noneOf(Prefix.class);
    String before = takeFlaws(reader.next(), prefixes);
    if (before == null) {
      return false;
    }
    String rest = before.substring(prefixLength(before, prefixes));
    String program = checked(expand(rest, prefixes), prefixes);
    if (program == null) {
      return false;
    }
    var words = new ArrayList<String>();
    if (!prefixes.contains(Prefix.OWN_NAME) || prefixes.contains(Prefix.SHELL)) {
      words.add(program);
    }
    if (!takesArguments(words, prefixes)) {
      return false;
    }
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      return fault("has no argv[0]; write it behind the program, or leave out the \"@\"", prefixes);
    }
    if (commands.size() >= CommandLine.MOST) {
      return fault("has more than 10000 commands; shorten it", prefixes);
    }
    commands.add(new CommandLine(program, words, prefixes));
    return true;
  }

  private boolean takesArguments(List<String> words, Set<Prefix> prefixes) {
    while (reader.hasNext() && !reader.skips(";")) {
      boolean isSemicolon = reader.skips("\\;");
      String word = isSemicolon ? ";" : takeFlaws(reader.next(), prefixes);
      String expanded = word == null ? null : expand(word, prefixes);
      if (expanded == null) {
        return false;
      }
      if (words.size() >= CommandLine.MOST) {
        return fault("has more than 10000 words; shorten it", prefixes);
      }
      words.add(expanded);
    }
    return true;
  }

  /** Reads the characters before the program; of {@code +}, {@code !} and {@code !!} only one. */
  private static int prefixLength(String word, Set<Prefix> prefixes) {
    int i = 0;
    while (i < word.length()) {
      var prefix = Prefix.of(word.charAt(i));
      if (prefix == null || !fits(prefix, prefixes)) {
        break;
      }
      prefixes.add(prefix);
      i += prefix == Prefix.OWN_USER && word.startsWith("!!", i) ? 2 : 1;
    }
    return i;
  }

  private static boolean fits(Prefix prefix, Set<Prefix> prefixes) {
    boolean isOfUser = prefix == Prefix.PRIVILEGED || prefix == Prefix.OWN_USER;
    boolean hasUser = prefixes.contains(Prefix.PRIVILEGED) || prefixes.contains(Prefix.OWN_USER);
    return isOfUser ? !hasUser : !prefixes.contains(prefix);
  }

  private @Nullable String expand(String word, Set<Prefix> prefixes) {
    var expanded = specifiers.expand(word);
    expanded.flaws().forEach(flaw -> flaws.add(withSeverity(flaw, prefixes)));
    return expanded.value().orElse(null);
  }

  /** The path of the program in its shortest form; null after a mistake. */
  private @Nullable String checked(@Nullable String path, Set<Prefix> prefixes) {
    if (path == null) {
      return null;
    }
    String wrong = wrongWith(path);
    if (wrong != null) {
      fault(wrong, prefixes);
      return null;
    }
    boolean hasEmptyParts = path.contains("//") || path.contains("/./");
    return hasEmptyParts && path.startsWith("/") ? EMPTY_PARTS.matcher(path).replaceAll("/") : path;
  }

  private static @Nullable String wrongWith(String path) {
    if (path.isEmpty()) {
      return "has no program; write its path behind the prefix, without a space";
    }
    if (hasControl(path)) {
      return "has a control character in the path of its program; remove it";
    }
    if (path.endsWith("/") || path.endsWith("/.")) {
      return "names a directory; name a program";
    }
    boolean isName = !path.equals(".") && !path.equals("..") && path.length() <= LONGEST_NAME;
    if (!path.startsWith("/") && (path.indexOf('/') >= 0 || !isName)) {
      return "has a relative path; write an absolute path, or a file name without slashes";
    }
    if (path.length() > CommandLine.LONGEST_PATH) {
      return "has a path of more than 4095 characters; shorten it";
    }
    return null;
  }

  private static boolean hasControl(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Moves the reader's new flaws here; the word stays as it is. */
  private @Nullable String takeFlaws(@Nullable String word, Set<Prefix> prefixes) {
    reader.flaws().forEach(flaw -> flaws.add(word == null ? withSeverity(flaw, prefixes) : flaw));
    reader.flaws().clear();
    return word;
  }

  private boolean fault(String text, Set<Prefix> prefixes) {
    flaws.add(withSeverity(Flaw.warning(Flaw.shown(value) + " " + text), prefixes));
    return false;
  }

  private static Flaw withSeverity(Flaw flaw, Set<Prefix> prefixes) {
    return prefixes.contains(Prefix.IGNORE_FAILURE) ? flaw : Flaw.error(flaw.text());
  }
}
