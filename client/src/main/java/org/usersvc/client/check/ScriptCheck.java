package org.usersvc.client.check;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.NativePath;

/** Checks a script: whether it can be executed, and whether its program stays in the foreground. */
final class ScriptCheck {
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "busybox");

  /** First words of lines after which exec is not missed. */
  private static final Pattern NO_EXEC =
      Pattern.compile(
          "(?:exec|exit|wait|fi|done|esac|return|echo|printf|:|true|false|if|then|else|elif|case"
              + "|for"
              + "|while|until|set|export|cd|trap|read|test|command|eval|\\.|\\[)(?:\\s.*|;.*|$)"
              + "|[^A-Za-z0-9_./$\"'].*");

  private static final Pattern BACKGROUND = Pattern.compile(".*[^&|>\\s]\\s*&\\s*(?:#.*)?$");

  private static final Pattern COMMAND =
      Pattern.compile(
          "\\s*(?:exec\\s+)?(?:[A-Za-z_]\\w*=\\S*\\s+)*(?:[\\w./-]*/)?([A-Za-z0-9._+-]+)(.*)");

  /** Options by which programs go into the background. */
  private static final Map<String, String> DAEMON_OPTIONS =
      Map.ofEntries(
          Map.entry("emacs", "--daemon"),
          Map.entry("pulseaudio", "-D|--daemonize|--start"),
          Map.entry("picom", "-b|--daemon"),
          Map.entry("compton", "-b|--daemon"),
          Map.entry("conky", "-d|--daemonize"),
          Map.entry("urxvtd", "-f|--fork"),
          Map.entry("dbus-daemon", "--fork"),
          Map.entry("redis-server", "--daemonize"),
          Map.entry("aria2c", "-D|--daemon"),
          Map.entry("ssh", "-f"),
          Map.entry("autossh", "-f"),
          Map.entry("foot", "-D"),
          Map.entry("gnome-keyring-daemon", "--daemonize|-d"),
          Map.entry("dunst", "--daemon"));

  /** Programs that go into the background unless an option keeps them, and that option. */
  private static final Map<String, String> FOREGROUND_OPTIONS =
      Map.ofEntries(
          Map.entry("mpd", "--no-daemon"),
          Map.entry("sshd", "-D"),
          Map.entry("ssh-agent", "-D|-d"),
          Map.entry("transmission-daemon", "--foreground|-f"),
          Map.entry("xbindkeys", "--nodaemon|-n"),
          Map.entry("dnsmasq", "--keep-in-foreground|-k|-d|--no-daemon"),
          Map.entry("cron", "-f"),
          Map.entry("syslogd", "-n"),
          Map.entry("atd", "-f"));

  private final String file;
  private final boolean ends;
  private final byte[] content;
  private final String[] lines;
  private final List<Finding> found = new ArrayList<>();

  private ScriptCheck(String file, byte[] content, boolean ends) {
    this.file = file;
    this.ends = ends;
    this.content = content;
    this.lines = FileCheck.plain(content).split("\n", -1);
  }

  /**
   * Findings about a script.
   *
   * @param ends whether it is to end by itself, as that of a oneshot
   */
  static List<Finding> of(String file, byte[] content, boolean ends) {
    var check = new ScriptCheck(file, content, ends);
    check.all();
    return check.found;
  }

  private void all() {
    if (content.length == 0) {
      found.add(Finding.error(0, "it is empty; its first line has to be #!/bin/sh or the like"));
      return;
    }
    if (content[0] == 0x7f) {
      return; // A program, not a script.
    }
    found.addAll(FileCheck.carriageReturns(content));
    if (found.isEmpty() && interpreter()) {
      commands();
    }
  }

  /** Checks the first line; whether a shell reads the others. */
  private boolean interpreter() {
    String first = lines[0];
    if (!first.startsWith("#!")) {
      String why = first.contains("#!") ? "#! has to be its first two characters" : "#! is missing";
      found.add(Finding.error(1, why + "; write #!/bin/sh as its first line"));
      return false;
    }
    String[] words = first.substring(2).strip().split("\\s+", -1);
    String program = words[0];
    if (!program.startsWith("/")) {
      found.add(Finding.error(1, "'" + program + "' has to be the absolute path of a program"));
      return false;
    }
    if (!Files.isExecutable(NativePath.of(program))) {
      found.add(Finding.error(1, "there is no program " + program + " to read it"));
      return false;
    }
    boolean env = program.endsWith("/env") && words.length > 1;
    String name = env ? words[words.length - 1] : program;
    return SHELLS.contains(name.substring(name.lastIndexOf('/') + 1));
  }

  private void commands() {
    int last = last();
    for (int i = 1; i <= last; i++) {
      command(i + 1, lines[i]);
    }
    boolean longrun = (file.equals("run") && !ends) || file.equals("log/run");
    if (!longrun) {
      return;
    }
    if (last < 1) {
      found.add(Finding.error(0, "it executes nothing"));
    } else if (BACKGROUND.matcher(lines[last]).matches()) {
      found.add(
          Finding.warning(
              last + 1, "& puts it into the background, and run ends at once; use exec"));
    } else if (isUnindented(last)
        && !lines[last].matches(".*\\bexec\\b.*")
        && !NO_EXEC.matcher(lines[last]).matches()) {
      found.add(
          Finding.warning(
              last + 1,
              "exec is missing: signals reach the shell, not the program; write exec "
                  + lines[last].strip()));
    }
  }

  private boolean isUnindented(int line) {
    boolean continued = line > 0 && lines[line - 1].endsWith("\\");
    return !continued
        && !lines[line].contains("<<")
        && !Character.isWhitespace(lines[line].charAt(0));
  }

  /** The index of the last line with a command. */
  private int last() {
    for (int i = lines.length - 1; i > 0; i--) {
      if (!lines[i].isBlank() && !lines[i].strip().startsWith("#")) {
        return i;
      }
    }
    return 0;
  }

  private void command(int line, String text) {
    Matcher parts = COMMAND.matcher(text);
    if (!parts.matches() || text.strip().startsWith("#")) {
      return;
    }
    String program = parts.group(1);
    List<String> words = List.of(parts.group(2).strip().split("\\s+", -1));
    if (program.equals("nohup")) {
      found.add(Finding.warning(line, "nohup does nothing for a service; leave it out"));
    }
    @Nullable String background = DAEMON_OPTIONS.get(program);
    @Nullable String given = background == null ? null : first(words, background);
    if (given != null) {
      found.add(
          Finding.warning(
              line, program + " " + given + " goes into the background; leave out " + given));
    }
    @Nullable String foreground = FOREGROUND_OPTIONS.get(program);
    boolean ofLongrun = file.equals("run") && !ends;
    boolean asks = words.stream().anyMatch(word -> word.matches("--?(?:kill|help|version|k|V)"));
    if (foreground != null && ofLongrun && !asks && first(words, foreground) == null) {
      String option = foreground.replaceFirst("\\|.*", "");
      found.add(Finding.warning(line, program + " goes into the background without " + option));
    }
  }

  private static @Nullable String first(List<String> words, String options) {
    for (String word : words) {
      if (List.of(options.split("\\|", -1)).contains(word.replaceFirst("=.*", ""))) {
        return word;
      }
    }
    return null;
  }
}
