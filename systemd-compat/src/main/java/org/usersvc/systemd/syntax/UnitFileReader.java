package org.usersvc.systemd.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;

/** Reads one unit file. Used once, by one thread. */
final class UnitFileReader {
  private static final String SPACE = " \t\n\r";
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String file;
  private final List<UnitFile.Section> sections = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private @Nullable String section;
  private boolean isFull;
  private boolean isBroken;

  /** The line that is being put together from continuation lines, and the number of its first. */
  private final StringBuilder joined = new StringBuilder();

  private boolean isContinued;
  private boolean isTooLong;
  private boolean isMalformed;
  private int first;

  UnitFileReader(String file) {
    this.file = file;
  }

  UnitFile read(byte[] bytes) {
    if (bytes.length > UnitFile.LARGEST) {
      String text = "is larger than 1 MiB and is not read; shorten it or split it into drop-ins";
      error(0, text);
    } else {
      readLines(bytes);
    }
    return new UnitFile(file, sections, entries, problems);
  }

  private void readLines(byte[] bytes) {
    int start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    int number = 0;
    while (start < bytes.length && !isFull) {
      int end = endOfLine(bytes, start);
      number++;
      take(number, bytes, start, end);
      boolean isPair = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
      start = end + (isPair ? 2 : 1);
    }
    if (isContinued && !isFull) {
      finish();
    }
  }

  private static boolean startsWithMark(byte[] bytes) {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (i >= bytes.length || bytes[i] != BYTE_ORDER_MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private static int endOfLine(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    return end;
  }

  /** One line of the file, without its end. */
  private void take(int number, byte[] bytes, int start, int end) {
    if (isComment(bytes, start, end)) {
      return;
    }
    if (!isContinued) {
      first = number;
      isTooLong = false;
      isMalformed = false;
      joined.setLength(0);
    }
    String line = decode(bytes, start, end);
    if (line == null) {
      isMalformed = true;
      isContinued = end > start && bytes[end - 1] == '\\';
    } else {
      String text = stripLeading(line);
      isContinued = endsInContinuation(text);
      append(isContinued ? text.substring(0, text.length() - 1) + " " : text);
    }
    if (!isContinued) {
      finish();
    }
  }

  private static boolean isComment(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end && SPACE.indexOf(bytes[i]) >= 0) {
      i++;
    }
    return i < end && (bytes[i] == '#' || bytes[i] == ';');
  }

  /** The text of a line; null if it has a NUL or is no UTF-8. */
  private static @Nullable String decode(byte[] bytes, int start, int end) {
    String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    boolean isSuspect = line.indexOf('\ufffd') >= 0;
    return line.indexOf('\0') >= 0 || (isSuspect && !isUtf8(bytes, start, end)) ? null : line;
  }

  private static boolean isUtf8(byte[] bytes, int start, int end) {
    return NativeText.isUtf8(NativeText.decode(Arrays.copyOfRange(bytes, start, end)));
  }

  /** A line goes on if an odd number of backslashes ends it: each pair of them stays. */
  private static boolean endsInContinuation(String text) {
    int i = text.length();
    while (i > 0 && text.charAt(i - 1) == '\\') {
      i--;
    }
    return (text.length() - i) % 2 == 1;
  }

  private void append(String text) {
    if (joined.length() + text.length() > UnitFile.LONGEST_LINE) {
      isTooLong = true;
    } else {
      joined.append(text);
    }
  }

  private void finish() {
    isContinued = false;
    if (isTooLong) {
      error(first, "the line is longer than 262144 characters and is ignored; shorten it");
      return;
    }
    if (isMalformed) {
      warn("the line has a NUL byte or is no UTF-8 and is ignored; write it as UTF-8", "");
      return;
    }
    String line = strip(joined.toString());
    if (!line.isEmpty()) {
      interpret(line);
    }
  }

  private void interpret(String line) {
    if (sections.size() + entries.size() >= UnitFile.MOST_ENTRIES) {
      error(first, "has more than 10000 assignments and sections; the rest is not read");
      isFull = true;
    } else if (line.startsWith("[")) {
      header(line);
    } else {
      assignment(line);
    }
  }

  private void header(String line) {
    if (line.endsWith("]")) {
      section = line.substring(1, line.length() - 1);
      sections.add(new UnitFile.Section(section, first));
    } else {
      section = line.substring(1);
      error(first, Flaw.shown(line) + " is no section header; end it with \"]\"");
    }
  }

  private void assignment(String line) {
    int equals = line.indexOf('=');
    String key = equals < 0 ? line : strip(line.substring(0, equals));
    if (section == null) {
      warn("the assignment is outside a section and is ignored; put it below a header", line);
    } else if (equals < 0) {
      warn("the line has no \"=\" and is ignored; write it as KEY=VALUE", line);
    } else if (key.isEmpty()) {
      warn("the line has no key before the \"=\" and is ignored; write it as KEY=VALUE", line);
    } else {
      String value = strip(line.substring(equals + 1));
      entries.add(new Entry(file, first, section, key, value));
    }
  }

  private void warn(String text, String line) {
    String shown = line.isEmpty() ? text : Flaw.shown(line) + ": " + text;
    add(new Problem(file, first, Severity.WARNING, shown));
  }

  private void error(int line, String text) {
    add(new Problem(file, line, Severity.ERROR, text));
  }

  /** Keeps the first problems and the first error. */
  private void add(Problem problem) {
    boolean isError = problem.severity() == Severity.ERROR;
    if (problems.size() == UnitFile.MOST_PROBLEMS) {
      String more = "has more problems than are named here; repair those above first";
      problems.add(new Problem(file, 0, Severity.WARNING, more));
    }
    if (problems.size() < UnitFile.MOST_PROBLEMS || (isError && !isBroken)) {
      problems.add(problem);
      isBroken |= isError;
    }
  }

  private static String strip(String text) {
    int end = text.length();
    while (end > 0 && SPACE.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return stripLeading(text.substring(0, end));
  }

  private static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && SPACE.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return text.substring(start);
  }
}
