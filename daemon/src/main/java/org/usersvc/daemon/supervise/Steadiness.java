package org.usersvc.daemon.supervise;

import java.time.Duration;
import org.usersvc.daemon.lifecycle.Backoff;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.order.News;

/**
 * Finds out when run is steady: it is up, and has lasted for a second. A run that ends by itself
 * again and again has to last half as long again as ever before, so that crashing services do not
 * hasten each other for ever. A run of 60 seconds or a requested end resets that. <b>Loop thread
 * only.</b>
 */
final class Steadiness {
  private final Owner owner;
  private final Readiness readiness;
  private final News news;
  private Duration longest = Duration.ZERO;
  private final Alarm awaited;
  private boolean lasts;
  private boolean unchecked;

  Steadiness(Owner owner, Timers timers, Readiness readiness, News news) {
    this.owner = owner;
    this.readiness = readiness;
    this.news = news;
    this.awaited = new Alarm(timers);
  }

  /** Records an event that is about to happen, such as the end of a finished oneshot. */
  void note(Event event, boolean completes) {
    if (owner.isLogger()) {
      return;
    }
    if (event instanceof Event.RunStarted) {
      begin();
    } else if (completes) {
      end();
      news.heard();
    } else if (event instanceof Event.RunEnded ended) {
      end();
      boolean crashed = owner.history().hasEndedUnasked();
      boolean briefly = ended.ranFor().compareTo(Backoff.STABLE) < 0;
      var lasted = longest.compareTo(ended.ranFor()) < 0 ? ended.ranFor() : longest;
      longest = crashed && briefly ? lasted : Duration.ZERO;
    } else if (event instanceof Event.BecameReady && lasts) {
      report();
    } else if (event instanceof Event.BecameReady && unchecked) {
      end();
      news.heard();
    }
  }

  private void begin() {
    end();
    var enough = longest.multipliedBy(3).dividedBy(2);
    var bound = enough.compareTo(Backoff.QUICK) < 0 ? Backoff.QUICK : enough;
    awaited.set(bound, this::hasLasted);
  }

  private void hasLasted() {
    lasts = true;
    if (owner.state().phase().isUp()) {
      report();
    }
  }

  private void report() {
    lasts = false;
    news.heard();
    unchecked = readiness.isUnchecked();
    if (unchecked) {
      news.await(owner.service().node());
    }
  }

  private void end() {
    lasts = false;
    if (unchecked) {
      unchecked = false;
      news.forget(owner.service().node());
    }
    awaited.clear();
  }
}
