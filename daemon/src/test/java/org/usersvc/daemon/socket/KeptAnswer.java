package org.usersvc.daemon.socket;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer that is kept: lines for standard error begin with 2, the status with an equals sign.
 */
final class KeptAnswer implements Answer {
  final List<String> lines = new ArrayList<>();
  private final List<Runnable> whenClosed = new ArrayList<>();
  private final int clientPid;
  long kept;

  KeptAnswer(int clientPid) {
    this.clientPid = clientPid;
  }

  @Override
  public int clientPid() {
    return clientPid;
  }

  @Override
  public int descriptor() {
    return -1;
  }

  @Override
  public void out(String line) {
    lines.add(line);
  }

  @Override
  public void err(String line) {
    lines.add("2 " + line);
  }

  @Override
  public void become(int word, List<String> assignments, String directory) {
    throw new AssertionError("no client becomes another program");
  }

  @Override
  public void end(int status) {
    lines.add("= " + status);
  }

  @Override
  public void keeps(long bytes) {
    kept += bytes;
  }

  @Override
  public void whenClosed(Runnable action) {
    whenClosed.add(action);
  }

  /** The client leaves. */
  void close() {
    whenClosed.forEach(Runnable::run);
  }
}
