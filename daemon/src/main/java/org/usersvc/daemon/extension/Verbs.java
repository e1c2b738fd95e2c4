package org.usersvc.daemon.extension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The verbs that extensions add to the control socket. <b>Loop thread only.</b> */
public final class Verbs {
  private final Map<String, Handler> handlers = new HashMap<>();
  private final List<Enabler> enablers = new ArrayList<>();

  /** Carries out requests for one verb. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Begins; the answer may end later.
     *
     * @param words the words after the verb, as native text; at most 4096
     */
    void answer(List<String> words, Reply reply);
  }

  /** Enables and disables what is no service of the daemon. */
  public interface Enabler {
    /** Whether a name is one of those. */
    boolean knows(String name);

    /**
     * Begins; the answer may end later.
     *
     * @param enable false to disable
     * @param now whether to start or stop it, too
     */
    void answer(boolean enable, boolean now, List<String> names, Reply reply);
  }

  /** The answer to one client. It is ended exactly once. */
  public interface Reply {
    /**
     * A line of standard output.
     *
     * @param text the line for people; control characters are made visible
     * @param fields the same for clients that ask for JSON: strings and whole numbers by name
     */
    void out(String text, SequencedMap<String, Object> fields);

    /** A line of standard error. */
    void err(String text);

    /** The client's process, 0 if it is not visible from here. */
    int client();

    /**
     * A line as it is, for clients that have other words than ours.
     *
     * @param isError whether it is for standard error
     */
    void copy(boolean isError, String text);

    /**
     * Ends the answer: the client becomes another program, which its own words name.
     *
     * @param word the number of the word that names it, from 0
     * @param assignments variables that it gets, {@code NAME=VALUE}
     * @param directory where it runs; empty: where the client is
     */
    void become(int word, List<String> assignments, String directory);

    /** Whether the client still waits for the answer. */
    boolean isOpen();

    /** Ends the answer with the exit status of the client. */
    void end(int status);
  }

  /** Adds a verb; the daemon's own verbs go first. */
  public void add(String verb, Handler handler) {
    handlers.put(verb, handler);
  }

  /** Adds an enabler of names that the daemon itself cannot enable. */
  public void add(Enabler enabler) {
    enablers.add(enabler);
  }

  /** The enabler that knows all these names; null if none does. */
  public @Nullable Enabler enabler(List<String> names) {
    return enablers.stream()
        .filter(enabler -> names.stream().allMatch(enabler::knows))
        .findFirst()
        .orElse(null);
  }

  /** The handler of the verb; null if no extension has it. */
  public @Nullable Handler of(String verb) {
    return handlers.get(verb);
  }
}
