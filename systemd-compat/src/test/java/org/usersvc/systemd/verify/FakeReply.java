package org.usersvc.systemd.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.usersvc.daemon.extension.Verbs;

/** An answer that is kept. */
final class FakeReply implements Verbs.Reply {
  final List<String> lines = new ArrayList<>();
  final List<SequencedMap<String, Object>> objects = new ArrayList<>();
  boolean isOpen = true;

  @Override
  public void out(String text, SequencedMap<String, Object> fields) {
    lines.add(text);
    objects.add(fields);
  }

  @Override
  public void err(String text) {
    lines.add("2 " + text);
  }

  @Override
  public int client() {
    return 0;
  }

  @Override
  public void copy(boolean isError, String text) {
    lines.add((isError ? "2 " : "") + text);
  }

  @Override
  public void become(int word, List<String> assignments, String directory) {
    lines.add("x " + word);
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void end(int status) {
    lines.add("= " + status);
  }
}
