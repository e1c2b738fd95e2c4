package org.usersvc.daemon.servicedir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Set;

/** The words of a script: the parts between blanks, slashes and the shell's special characters. */
final class Words {
  private static final String PART_OF_WORD = "._-+@";

  private Words() {}

  /** Whether one of the words is in the text; the steps of a path are words. */
  static boolean anyIn(byte[] text, Set<String> words) {
    int begin = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || !isPartOfWord(text[i])) {
        if (i > begin && words.contains(new String(text, begin, i - begin, ISO_8859_1))) {
          return true;
        }
        begin = i + 1;
      }
    }
    return false;
  }

  private static boolean isPartOfWord(byte each) {
    return Character.isLetterOrDigit(each) || PART_OF_WORD.indexOf(each) >= 0 || each < 0;
  }
}
