package org.usersvc.daemon.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A daemon that neither ends nor is replaced. */
public final class FakeWhole implements Whole {
  public final List<String> told = new ArrayList<>();
  private Level level = Level.INFO;

  @Override
  public void end(int status) {
    told.add("end " + status);
  }

  @Override
  public void replace(Consumer<String> refused) {
    told.add("replace");
    refused.accept("it is a fake");
  }

  @Override
  public Level logLevel() {
    return level;
  }

  @Override
  public void logLevel(Level now) {
    level = now;
  }
}
