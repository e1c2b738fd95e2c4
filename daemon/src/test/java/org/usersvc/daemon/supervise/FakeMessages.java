package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.platform.Messages;

/** Keeps what was said. */
public final class FakeMessages implements Messages {
  private final List<String> warnings = new ArrayList<>();
  private final List<String> news = new ArrayList<>();
  private int details;

  @Override
  public void warn(String line) {
    warnings.add(line);
  }

  @Override
  public void info(String line) {
    news.add(line);
  }

  @Override
  public void debug(String line) {
    details++;
  }

  public List<String> warnings() {
    return warnings;
  }

  public List<String> news() {
    return news;
  }

  int count() {
    return warnings.size() + news.size() + details;
  }
}
