package org.usersvc.daemon.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.session.Leader;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.Standing;

/** Reads the lines of a state file. Its memory is bounded by what a daemon may write. */
final class StateParser {
  private static final String LOGGER = "-log";
  private static final int HEX = 16;
  private static final int BLOCK = 64 * 1024;
  private static final int LONGEST_LINE = 2 * 1024 * 1024;

  /** The most bytes of all valid lines. */
  private static final long MOST = 12 * 1024 * 1024;

  private final Map<String, byte[]> raw = new LinkedHashMap<>();
  private final Map<String, RecordedProcess> processes = new LinkedHashMap<>();
  private final Map<String, RecordedSession> sessions = new LinkedHashMap<>();
  private final Map<String, String> records = new LinkedHashMap<>();
  private Map<String, @Nullable String> byHand = Map.of();
  private int lastSession;
  private long unsettled = PreviousState.SETTLED;
  private @Nullable Header header;
  private int version;
  private final int self;
  private int lines;
  private int bad;
  private long size;
  private boolean complete = true;

  /** Whether a line has had a right check sum, so that all must have one. */
  private boolean summed;

  /** A source of lines. */
  @FunctionalInterface
  interface Source {
    /** The number of bytes read into the block, 0 or less at the end. */
    int read(byte[] block) throws FileFault;
  }

  private StateParser(int self) {
    this.self = self;
  }

  /**
   * Reads all; leaves out invalid lines. In a file without check sums it also leaves out all lines
   * after an invalid one.
   *
   * @param self the pid of this daemon, which no process of a service has
   * @throws FileFault if it cannot be read
   */
  static StateParser of(Source source, int self) throws FileFault {
    var parser = new StateParser(self);
    parser.takeAll(source);
    return parser;
  }

  private void takeAll(Source source) throws FileFault {
    var line = new ByteArrayOutputStream();
    var block = new byte[BLOCK];
    for (int length = source.read(block); length > 0 && !given(); length = source.read(block)) {
      int from = 0;
      for (int i = 0; i < length; i++) {
        if (block[i] == '\n') {
          line.write(block, from, i - from);
          take(line.toByteArray());
          line.reset();
          from = i + 1;
        }
      }
      if (line.size() <= LONGEST_LINE) { // a longer line cannot have a right sum
        line.write(block, from, length - from);
      }
    }
    if (line.size() > 0 || lines == 0) {
      damaged();
    }
  }

  /** Whether the rest is not read, as no check sum shows which lines are right. */
  private boolean given() {
    return !complete && !summed;
  }

  private void damaged() {
    bad = complete ? lines + 1 : bad;
    complete = false;
  }

  private void take(byte[] line) {
    if (given()) {
      return;
    }
    boolean right = Sum.isRight(line);
    summed = summed || right;
    if (!right && (summed || Sum.isIn(line))) {
      damaged();
    } else {
      understand(line, right);
    }
    lines++;
  }

  private void understand(byte[] line, boolean right) {
    try (var json = StateLines.FACTORY.createParser(line)) {
      String key = take(Fields.parse(json, 0, line.length));
      if (!key.isEmpty()) {
        byte[] kept = right ? line : Sum.added(line);
        var before = raw.put(key, kept);
        size += kept.length - (before == null ? 0 : before.length);
        if (size > MOST) {
          throw new IOException("more than a daemon has to say");
        }
      }
    } catch (IOException ignored) { // the reader of the file reports it
      damaged();
    }
  }

  /** The header, null if the first line is none. */
  @Nullable Header header() {
    return header;
  }

  int version() {
    return version;
  }

  /** The valid lines, by subject. */
  Map<String, byte[]> raw() {
    return raw;
  }

  /** The first invalid line, counted from 1. */
  int badLine() {
    return bad;
  }

  /** The records of extensions. */
  Map<String, String> records() {
    return records;
  }

  PreviousState result() {
    return new PreviousState(
        true,
        complete,
        List.copyOf(processes.values()),
        List.copyOf(sessions.values()),
        byHand,
        lastSession,
        unsettled);
  }

  /** The key of the line's subject; empty if it has none. */
  private String take(Fields fields) throws IOException {
    if (lines == 0) {
      begin(fields);
      return "";
    }
    if (fields.has("gone")) {
      forget(fields.text("gone"));
      return "";
    }
    if (fields.has(StateFile.UNSETTLED)) {
      unsettled = fields.number(StateFile.UNSETTLED);
      return StateFile.UNSETTLED;
    }
    if (fields.has("process")) {
      var memory = process(fields);
      processes.put(memory.key().text(), memory);
      return memory.key().text();
    }
    if (fields.has("session")) {
      var memory = session(fields);
      String key = StateFile.sessionKey(memory.session().id());
      sessions.put(key, memory);
      return key;
    }
    if (fields.has(StateFile.ENVIRONMENT)) {
      byHand = fields.variables(StateFile.ENVIRONMENT);
      lastSession = fields.integer("last_session");
      return StateFile.ENVIRONMENT;
    }
    if (fields.has(StateFile.RECORD)) {
      String key = fields.text(StateFile.RECORD);
      records.put(key, fields.text("text"));
      return StateFile.recordKey(key);
    }
    throw new IOException("about nothing");
  }

  private void begin(Fields fields) throws IOException {
    version = fields.integer("version");
    if (version != Header.VERSION) {
      throw new IOException("another version");
    }
    var daemon = new ProcessIdentity(fields.integer("pid"), fields.number("start"));
    header = new Header(fields.text("boot"), daemon);
  }

  private void forget(String key) {
    processes.remove(key);
    sessions.remove(key);
    raw.remove(key);
    records.keySet().removeIf(record -> StateFile.recordKey(record).equals(key));
    if (key.equals(StateFile.UNSETTLED)) {
      unsettled = PreviousState.SETTLED;
    }
  }

  private RecordedSession session(Fields fields) throws IOException {
    var leader = new ProcessIdentity(fields.integer("pid"), fields.number("start"));
    var variables = new LinkedHashMap<String, String>();
    fields
        .variables("variables")
        .forEach((name, value) -> variables.put(name, value == null ? "" : value));
    var session =
        new Session(
            fields.integer("session"),
            fields.text("name"),
            new Leader(leader.pid(), fields.text("command")),
            Environment.of(variables),
            fields.instant("since"),
            new Standing(
                fields.truth("login"),
                fields.truth("named"),
                fields.integer("outer"),
                fields.text("lost_bus")));
    return new RecordedSession(session, leader, identity(fields, "companion_"));
  }

  private RecordedProcess process(Fields fields) throws IOException {
    var process = identity(fields, "");
    int lastRun = fields.has("last_run") ? pid(fields.integer("last_run")) : process.pid();
    var living = new RecordedProcess.Living(process, identity(fields, "script_"), lastRun);
    return new RecordedProcess(
        key(fields.text("process")),
        fields.text("name"),
        state(fields),
        living,
        past(fields),
        fields.text("letters"),
        fields.variables("needs"));
  }

  private static RecordedProcess.Key key(String text) throws IOException {
    boolean logger = text.endsWith(LOGGER);
    String id = logger ? text.substring(0, text.length() - LOGGER.length()) : text;
    int dash = id.indexOf('-');
    try {
      long device = Long.parseUnsignedLong(id.substring(0, Math.max(0, dash)), HEX);
      long inode = Long.parseUnsignedLong(id.substring(dash + 1), HEX);
      return new RecordedProcess.Key(new ServiceId(device, inode), logger);
    } catch (NumberFormatException noId) {
      throw new IOException("no service: " + text, noId);
    }
  }

  private static ServiceState state(Fields fields) throws IOException {
    return new ServiceState(
        PhaseWords.phase(fields),
        fields.word(Wanted.class, "wanted"),
        fields.truth("paused"),
        script(fields.text("script")),
        fields.integer("quick_deaths"));
  }

  private static @Nullable Command script(String letter) throws IOException {
    if (letter.isEmpty()) {
      return null;
    }
    var command = Command.ofLetter(letter.charAt(0));
    if (command == null) {
      throw new IOException("no letter: " + letter);
    }
    return command;
  }

  private static RecordedProcess.Past past(Fields fields) throws IOException {
    var exit =
        fields.has("exit")
            ? new ExitStatus(fields.integer("exit"), fields.integer("signal"), fields.truth("core"))
            : null;
    @Nullable Instant restartAt = fields.has("restart_at") ? fields.instant("restart_at") : null;
    var since = fields.instant("since");
    return new RecordedProcess.Past(
        since,
        fields.has("started") ? fields.instant("started") : since,
        fields.number("starts"),
        fields.integer("deaths"),
        exit,
        restartAt,
        fields.has("since_nanos") ? elapsing(fields) : null);
  }

  private static RecordedProcess.Elapsing elapsing(Fields fields) throws IOException {
    long since = fields.number("since_nanos");
    return new RecordedProcess.Elapsing(
        since, fields.has("started_nanos") ? fields.number("started_nanos") : since);
  }

  private ProcessIdentity identity(Fields fields, String prefix) throws IOException {
    long start = fields.number(prefix + "start");
    if (start < 0) {
      throw new IOException("no time: " + start);
    }
    int pid = pid(fields.integer(prefix + "pid"));
    return pid == 0 && fields.integer(prefix + "pid") == self
        ? ProcessIdentity.NONE
        : new ProcessIdentity(pid, start);
  }

  /** A pid to which signals are sent: it must never be init, all processes, or this daemon. */
  private int pid(int pid) throws IOException {
    if (pid < 0 || pid == 1) {
      throw new IOException("no process of a service: " + pid);
    }
    return pid == self ? 0 : pid;
  }
}
