package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.usersvc.daemon.model.ExitStatus;

/**
 * Ways to end, as {@code SuccessExitStatus=} and the like list them. Immutable.
 *
 * <p>Source: systemd.service(5), and the names of {@code systemd-analyze exit-status}.
 *
 * @param codes exit codes, 0 to 255
 * @param signals numbers of signals
 */
public record ExitStatuses(Set<Integer> codes, Set<Integer> signals) {
  public static final ExitStatuses NONE = new ExitStatuses(Set.of(), Set.of());

  private static final int LAST_CODE = 255;

  private static final Map<String, Integer> NAMES =
      table(
          """
          SUCCESS 0 FAILURE 1 INVALIDARGUMENT 2 NOTIMPLEMENTED 3 NOPERMISSION 4 NOTINSTALLED 5
          NOTCONFIGURED 6 NOTRUNNING 7 USAGE 64 DATAERR 65 NOINPUT 66 NOUSER 67 NOHOST 68
          UNAVAILABLE 69 SOFTWARE 70 OSERR 71 OSFILE 72 CANTCREAT 73 IOERR 74 TEMPFAIL 75
          PROTOCOL 76 NOPERM 77 CONFIG 78 CHDIR 200 NICE 201 FDS 202 EXEC 203 MEMORY 204
          LIMITS 205 OOM_ADJUST 206 SIGNAL_MASK 207 STDIN 208 STDOUT 209 CHROOT 210 IOPRIO 211
          TIMERSLACK 212 SECUREBITS 213 SETSCHEDULER 214 CPUAFFINITY 215 GROUP 216 USER 217
          CAPABILITIES 218 CGROUP 219 SETSID 220 CONFIRM 221 STDERR 222 PAM 224 NETWORK 225
          NAMESPACE 226 NO_NEW_PRIVILEGES 227 SECCOMP 228 SELINUX_CONTEXT 229 PERSONALITY 230
          APPARMOR 231 ADDRESS_FAMILIES 232 RUNTIME_DIRECTORY 233 CHOWN 235
          SMACK_PROCESS_LABEL 236 KEYRING 237 STATE_DIRECTORY 238 CACHE_DIRECTORY 239
          LOGS_DIRECTORY 240 CONFIGURATION_DIRECTORY 241 NUMA_POLICY 242 CREDENTIALS 243
          BPF 244 EXCEPTION 255
          """);

  public ExitStatuses {
    codes = Set.copyOf(codes);
    signals = Set.copyOf(signals);
  }

  private static Map<String, Integer> table(String text) {
    var names = new TreeMap<String, Integer>();
    String[] words = text.strip().split("\\s+", -1);
    for (int i = 0; i < words.length; i += 2) {
      names.put(words[i], Integer.valueOf(words[i + 1]));
    }
    return names;
  }

  /**
   * The ways to end in a list of numbers, names of exit codes and names of signals.
   *
   * @return what is right of the list, and a flaw for each other word
   */
  public static Parsed<ExitStatuses> parse(String text) {
    var codes = new TreeSet<Integer>();
    var signals = new TreeSet<Integer>();
    var flaws = new ArrayList<Flaw>();
    for (String word : text.strip().split("\\s+", -1)) {
      var code = codeOf(word);
      var signal = Signals.parse(word);
      code.value().ifPresent(codes::add);
      if (code.value().isEmpty()) {
        signal.value().ifPresent(signals::add);
      }
      if (code.value().isEmpty() && signal.value().isEmpty() && !word.isEmpty()) {
        flaws.add(
            Flaw.warning(
                Flaw.shown(word) + " is no exit status and is ignored; write 0 to 255 or a name"));
      }
    }
    return Parsed.of(new ExitStatuses(codes, signals), flaws);
  }

  private static Parsed<Integer> codeOf(String word) {
    var named = NAMES.get(word);
    return named == null ? Numbers.parse(word, 0, LAST_CODE).map(Long::intValue) : Parsed.of(named);
  }

  /** These and the others. */
  public ExitStatuses plus(ExitStatuses others) {
    var allCodes = new TreeSet<>(codes);
    allCodes.addAll(others.codes);
    var allSignals = new TreeSet<>(signals);
    allSignals.addAll(others.signals);
    return new ExitStatuses(allCodes, allSignals);
  }

  /** Whether a process that ended so is meant. */
  public boolean contains(ExitStatus status) {
    return status.signal() != 0 ? signals.contains(status.signal()) : codes.contains(status.code());
  }

  /** The name of an exit code, such as {@code DATAERR}; empty if it has none. */
  public static String nameOf(int code) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue() == code)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
