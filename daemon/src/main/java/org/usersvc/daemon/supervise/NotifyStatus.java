package org.usersvc.daemon.supervise;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.notify.Notification;

/**
 * The notifications of run by sd_notify(3). Immutable.
 *
 * @param status for people, null for none
 * @param errno the error that it has met, null if none
 * @param doing {@code reloading} or {@code stopping}, null if neither
 */
public record NotifyStatus(
    @Nullable String status, @Nullable Integer errno, @Nullable String doing) {
  static final NotifyStatus NOTHING = new NotifyStatus(null, null, null);

  /** The same, updated by the notification. */
  NotifyStatus and(Notification notification) {
    String text = notification.status() == null ? status : notification.status();
    return new NotifyStatus(
        text == null || text.isEmpty() ? null : text,
        notification.errno() == null ? errno : notification.errno(),
        nowDoing(notification));
  }

  private @Nullable String nowDoing(Notification notification) {
    if (notification.ready()) {
      return null;
    }
    if (notification.reloading()) {
      return "reloading";
    }
    return notification.stopping() ? "stopping" : doing;
  }
}
