package org.usersvc.client.local;

import java.io.IOException;
import org.usersvc.client.socket.JsonLine;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativeText;
import org.usersvc.client.socket.Output;

/**
 * Where a verb of the client itself answers.
 *
 * @param json whether facts are JSON documents, one a line
 * @param quiet whether standard output stays empty
 */
public record Console(Output output, boolean json, boolean quiet) {
  /** A line for people. */
  public void say(String line) throws LostOutputException {
    if (!json && !quiet) {
      output.out(NativeText.printable(line) + "\n");
    }
  }

  /** Bytes of a file, as they are; control characters are made visible on a terminal. */
  public void copy(byte[] bytes) throws LostOutputException {
    if (!json && !quiet) {
      output.out(bytes, 0, bytes.length);
    }
  }

  /** A document for programs. */
  public void document(JsonLine.Fields fields) throws LostOutputException {
    if (json && !quiet) {
      byte[] line = JsonLine.of(fields);
      output.out(line, 0, line.length);
    }
  }

  /** A line on standard error. */
  public void remark(String text) throws LostOutputException {
    output.err("usersvc: " + NativeText.printable(text) + "\n");
  }

  /** What failed, on standard error, and as a document. */
  public void fail(String name, String why) throws LostOutputException {
    output.err("fail: " + NativeText.printable(name + ": " + why) + "\n");
    document(generator -> {
      generator.writeStringField("name", name);
      generator.writeStringField("result", "failed");
      generator.writeStringField("error", why);
    });
  }

  /** Something that may be impossible. */
  @FunctionalInterface
  public interface Attempt {
    void run() throws Refusal, IOException;
  }

  /** Does something for a name, or says why it cannot be done; returns whether it was done. */
  public boolean attempt(String name, Attempt attempt) throws LostOutputException {
    try {
      attempt.run();
      return true;
    } catch (LostOutputException lost) {
      throw lost;
    } catch (Refusal refusal) {
      fail(name, refusal.text());
    } catch (IOException fault) {
      fail(name, Refusal.reason(fault));
    }
    return false;
  }
}
