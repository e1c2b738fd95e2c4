package org.usersvc.it;

import java.io.IOException;

/** What a fake bus does to whoever connects. */
enum BadBus implements FakeBus.Manners {
  SAYS_NOTHING,
  CLOSES_AT_ONCE,
  REJECTS,
  TALKS_NONSENSE,
  NEVER_ENDS_ITS_LINE,
  LETS_IN_AND_SAYS_NOTHING,
  LETS_IN_AND_CLOSES,
  SENDS_GARBAGE,
  SENDS_A_HUGE_HEADER,
  SENDS_AN_ERROR_TO_NOBODY,
  SENDS_HALF_A_MESSAGE,
  DIES_IN_THE_FIRST_CALL;

  private static final int LONG = 4096;

  @Override
  public void serve(FakeBus.Visit visit) throws IOException {
    switch (this) {
      case SAYS_NOTHING -> {}
      case CLOSES_AT_ONCE -> {
        return;
      }
      case REJECTS -> {
        visit.line();
        visit.say("REJECTED EXTERNAL\r\n");
      }
      case TALKS_NONSENSE -> visit.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      case NEVER_ENDS_ITS_LINE -> {
        for (int i = 0; i < LONG; i++) {
          visit.say("x".repeat(LONG));
        }
      }
      case LETS_IN_AND_SAYS_NOTHING -> visit.authenticate();
      case LETS_IN_AND_CLOSES -> {
        visit.authenticate();
        return;
      }
      case SENDS_GARBAGE -> answer(visit, "garbage".repeat(100));
      case SENDS_A_HUGE_HEADER -> answer(visit, "l\2\1\1\377\377\377\177\1\0\0\0\377\377\377\177");
      case SENDS_AN_ERROR_TO_NOBODY -> answer(visit, "l\3\1\1\0\0\0\0\1\0\0\0\0\0\0\0");
      case SENDS_HALF_A_MESSAGE -> answer(visit, "l\2\1\1\0\0\0\0\1\0");
      case DIES_IN_THE_FIRST_CALL -> {
        visit.authenticate();
        visit.in().readNBytes(16);
        return;
      }
    }
    visit.listen();
  }

  private static void answer(FakeBus.Visit visit, String bytes) throws IOException {
    visit.authenticate();
    visit.say(bytes);
  }
}
