package org.usersvc.daemon.extension;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.usersvc.daemon.execution.Census;
import org.usersvc.daemon.execution.Launcher;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ListeningSockets;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.mechanism.LoopTurns;
import org.usersvc.daemon.supervise.FakeProcesses;

/**
 * Mechanisms that start nothing: a test ends the processes, and does what happens in the places of
 * units. Files are real.
 */
public final class FakeMechanisms {
  public final FakeProcesses processes = new FakeProcesses();
  public final FakeCensus census;
  public final FakePlaces places = new FakePlaces();
  public final FakePathWatches watches = new FakePathWatches();
  public final FakeListeningSockets sockets = new FakeListeningSockets();
  public final FakeRecords records = new FakeRecords();
  private final Mechanisms all;

  public FakeMechanisms(EventLoop loop, FileSystem files) {
    census = new FakeCensus(loop);
    all =
        new Mechanisms(
            files,
            processes,
            new Launcher(files, processes),
            census,
            new LoopTurns(loop),
            places,
            watches,
            sockets,
            records);
  }

  /** All of them. */
  public Mechanisms all() {
    return all;
  }

  /** The processes that a test lets live, beside those that are spawned. */
  public static final class FakeCensus implements Census {
    private final Map<Integer, ProcessTable.Entry> living = new LinkedHashMap<>();
    private final EventLoop loop;
    private int asked;

    private FakeCensus(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    public void ask(Consumer<ProcessTable> taker) {
      asked++;
      loop.soon(() -> taker.accept(new ProcessTable(Map.copyOf(living))));
    }

    /** A process lives from now on. */
    public void lives(ProcessTable.Entry process) {
      living.put(process.pid(), process);
    }

    /** A process lives no more. */
    public void ends(int pid) {
      living.remove(pid);
    }

    /** How often it was asked. */
    public int asked() {
      return asked;
    }
  }

  /** Paths whose changes a test reports. */
  public static final class FakePathWatches implements PathWatches {
    private record Watch(String path, String reach, Listener listener) {}

    private final List<Watch> watches = new ArrayList<>();

    @Override
    public Runnable watch(String path, boolean into, Runnable onChange) {
      return add(new Watch(path, into ? "into" : "to", _ -> onChange.run()));
    }

    @Override
    public Runnable watchContent(String path, boolean everyWrite, Listener listener) {
      return add(new Watch(path, everyWrite ? "writes" : "content", listener));
    }

    private Runnable add(Watch watch) {
      watches.add(watch);
      return () -> watches.remove(watch);
    }

    /** The watches as {@code REACH PATH}, in the order of their begin. */
    public List<String> reaches() {
      return watches.stream().map(watch -> watch.reach() + " " + watch.path()).toList();
    }

    /** The watched paths, in the order of their begin. */
    public List<String> paths() {
      return watches.stream().map(Watch::path).toList();
    }

    /** Something has changed there. */
    public void change(String path) {
      change(path, true);
    }

    /** Something has changed there, or only on the way. */
    public void change(String path, boolean content) {
      for (var watch : List.copyOf(watches)) {
        if (watch.path().equals(path)) {
          watch.listener().changed(content);
        }
      }
    }
  }

  /** Numbers in place of sockets; they must not be closed or watched by a real poller. */
  public static final class FakeListeningSockets implements ListeningSockets {
    private static final int FIRST = 5000;

    private final List<Address> made = new ArrayList<>();
    private final List<Address> left = new ArrayList<>();
    private final List<Integer> connections = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Set<Integer> held = new TreeSet<>();

    @Override
    public int listen(Kind kind, Address address, int backlog) {
      made.add(address);
      return FIRST + made.size() - 1;
    }

    @Override
    public void hold(int descriptor) {
      held.add(descriptor);
    }

    @Override
    public void release(int descriptor) {
      held.remove(descriptor);
    }

    /** Those that outlive the daemon's death. */
    public Set<Integer> held() {
      return held;
    }

    @Override
    public boolean isLeft(Kind kind, Address address) {
      return left.contains(address);
    }

    @Override
    public void set(int socket, Option option, int value) {
      done.add("set " + socket + " " + option + " " + value);
    }

    @Override
    public void block(int socket) {
      done.add("block " + socket);
    }

    @Override
    public int accept(int socket) {
      return connections.isEmpty() ? -1 : connections.removeFirst();
    }

    @Override
    public void flush(int socket) {
      done.add("flush " + socket);
    }

    /** What was done to sockets. */
    public List<String> done() {
      return done;
    }

    /** The connections that wait, at any socket. */
    public List<Integer> connections() {
      return connections;
    }

    /** The addresses whose sockets the program before has left. */
    public List<Address> left() {
      return left;
    }

    /** The addresses, in the order of the calls; the first has the number 5000. */
    public List<Address> made() {
      return made;
    }
  }

  /** Records that a test can put before, as an earlier daemon. */
  public static final class FakeRecords implements Records {
    private final Map<String, String> all = new LinkedHashMap<>();

    @Override
    public Map<String, String> all() {
      return all;
    }

    @Override
    public void put(String key, String text) {
      all.put(key, text);
    }

    @Override
    public void remove(String key) {
      all.remove(key);
    }
  }
}
