package org.usersvc.client.top;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/**
 * Shows the services until q, Ctrl-C or SIGTERM. The thread that runs it alone knows the board; the
 * others post what they have found.
 */
public final class Top implements Errand {
  private static final long SECOND = 1_000_000_000;

  /** Between two looks: events may come faster than anybody can read. */
  private static final long PAUSE = SECOND / 10;

  /** What happens to the board. */
  private sealed interface Event {}

  private record Pressed(Key key) implements Event {}

  private record Known(List<Row> rows) implements Event {}

  private record Logged(String service, List<String> lines) implements Event {}

  private record Said(String text) implements Event {}

  private record Lost(String why) implements Event {}

  private enum Plain implements Event {
    RESIZED,
    INTERRUPTED
  }

  private final boolean painted;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Keyboard.Wish> wishes = new LinkedBlockingQueue<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Processes processes = new Processes(Path.of("/proc"));
  private Board board = Board.EMPTY;
  private boolean ended;

  /** The service whose log is looked at. */
  private volatile String selected = "";

  private volatile @Nullable Thread asker;

  /** {@code painted}: it has colours. */
  public Top(boolean painted) {
    this.painted = painted;
  }

  @Override
  public int run(Desk desk) throws LostOutputException {
    String terminal = desk.value("TERM", "dumb");
    if (terminal.equals("dumb") || !Output.isTerminal() || desk.console().json()) {
      desk.console().fail("top", "it draws on a terminal; usersvc list prints the services once");
      return 1;
    }
    try (Display display =
        Display.open(() -> events.add(Plain.RESIZED), () -> events.add(Plain.INTERRUPTED))) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(display::close));
      follow(display, new Inquiry(desk));
      return 0;
    } catch (IOException | IllegalStateException refused) {
      desk.console().fail("top", "this terminal cannot be used: " + refused.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void follow(Display display, Inquiry inquiry) throws InterruptedException {
    asker = begin("asker", () -> ask(inquiry));
    begin("keys", () -> readKeys(display));
    begin("events", () -> watch(inquiry));
    Style style = display.style(painted);
    while (!ended) {
      display.show(board, style);
      take(events.take());
      while (!ended && !events.isEmpty()) {
        take(events.take());
      }
      if (!board.selected().equals(selected)) {
        selected = board.selected();
        look();
      }
    }
  }

  private static Thread begin(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }

  private void take(Event event) {
    switch (event) {
      case Pressed(Key key) -> press(key);
      case Known(List<Row> rows) -> board = board.with(rows);
      case Logged(String service, List<String> lines) -> board = board.logging(service, lines);
      case Said(String text) -> board = board.saying(text);
      case Lost(String why) -> board = board.lost(why);
      case Plain.RESIZED -> {}
      case Plain.INTERRUPTED -> ended = true;
    }
  }

  private void press(Key key) {
    Keyboard.Step step = Keyboard.press(board, key);
    board = step.board();
    ended = step.quits();
    Keyboard.@Nullable Wish wish = step.wish();
    if (wish != null) {
      wishes.add(wish);
      look();
    }
  }

  /** Any thread: the services are looked at soon. */
  private void look() {
    if (looking.compareAndSet(false, true)) {
      LockSupport.unpark(asker);
    }
  }

  private void readKeys(Display display) {
    Key key;
    do {
      key = display.key();
      events.add(new Pressed(key));
    } while (key != Key.Named.GONE);
  }

  private void watch(Inquiry inquiry) {
    while (true) {
      try {
        inquiry.follow(this::look);
      } catch (UnreachableException | BrokenAnswerException | IOException gone) {
        look();
      }
      LockSupport.parkNanos(SECOND);
    }
  }

  private void ask(Inquiry inquiry) {
    while (true) {
      looking.set(false);
      try {
        perform(inquiry);
        List<Row> rows = inquiry.services();
        events.add(new Known(processes.measured(rows, System.nanoTime())));
        String service = selected;
        if (!service.isEmpty()) {
          events.add(new Logged(service, inquiry.log(service)));
        }
      } catch (UnreachableException | BrokenAnswerException | IOException lost) {
        events.add(
            new Lost("usersvcd does not answer (" + lost.getMessage() + "); waiting for it"));
      }
      LockSupport.parkNanos(PAUSE);
      if (!looking.get()) {
        LockSupport.parkNanos(SECOND - PAUSE);
      }
    }
  }

  private void perform(Inquiry inquiry)
      throws UnreachableException, BrokenAnswerException, IOException {
    Keyboard.@Nullable Wish wish = wishes.poll();
    while (wish != null) {
      events.add(new Said(inquiry.perform(wish)));
      wish = wishes.poll();
    }
  }
}
