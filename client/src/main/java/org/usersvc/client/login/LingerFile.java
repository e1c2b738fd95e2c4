package org.usersvc.client.login;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.NativeText;

/**
 * The file by which a user lingers: his services may go on after his last logout. It counts if it
 * is a plain file of root's or of the user's own. If another user has taken the name, a file with a
 * number behind the name does as well, if it is the user's own: so no user can keep another from
 * lingering.
 *
 * @param number 0 for the name alone, else up to {@link #MOST}
 */
public record LingerFile(Path directory, Account user, int number) {
  /** The same as in usersvc-attend. */
  private static final int MOST = 99;

  /** The user's file that counts; without one, the first. */
  public static LingerFile of(Account user, Map<String, String> environment) throws IOException {
    LingerFile first = new LingerFile(Root.of(environment).linger(), user, 0);
    for (int number = 0; number <= MOST; number++) {
      LingerFile file = first.at(number);
      if (file.standing().on()) {
        return file;
      }
    }
    return first;
  }

  private LingerFile at(int other) {
    return new LingerFile(directory, user, other);
  }

  private Path path() {
    return directory.resolve(number == 0 ? user.name() : user.name() + "." + number);
  }

  /** Whether it is there and counts, and its owner. */
  public Standing standing() throws IOException {
    @Nullable FileFacts facts = FileFacts.of(path(), LinkOption.NOFOLLOW_LINKS);
    if (facts == null) {
      return new Standing(false, "");
    }
    boolean trusted = facts.uid() == user.uid() || (number == 0 && facts.uid() == 0);
    return new Standing(facts.isRegular() && trusted, facts.owner());
  }

  /**
   * The present state.
   *
   * @param on whether the user lingers
   * @param owner of the file, even if it does not count; empty if there is none
   */
  public record Standing(boolean on, String owner) {}

  /** {@code larry: on, by /var/lib/usersvc/linger/larry of root}. */
  public String describe(Standing standing) {
    String start = NativeText.printable(user.name()) + (standing.on() ? ": on, " : ": off, ");
    if (standing.owner().isEmpty()) {
      return start + "there is no " + this;
    }
    String whose = this + " of " + standing.owner();
    return start + (standing.on() ? "by " + whose : whose + " does not count; as root: rm " + this);
  }

  /** Makes the user linger; returns the file that does it. */
  public LingerFile make(Account self) throws Refusal, IOException {
    requireRight(self);
    int last = self.isRoot() && user.uid() != self.uid() ? 0 : MOST;
    for (int next = number; next <= last; next++) {
      LingerFile file = at(next);
      if (file.create() || file.standing().on()) {
        return file;
      }
    }
    throw new Refusal(
        this + " belongs to " + standing().owner() + " and does not count; as root: rm " + this);
  }

  /** Creates it; whether it was not there before. */
  private boolean create() throws Refusal, IOException {
    try {
      Files.createFile(path());
      return true;
    } catch (FileAlreadyExistsException there) {
      return false;
    } catch (NoSuchFileException noDirectory) {
      throw new Refusal(place() + " does not exist; as root: install -d -m 1733 " + place());
    } catch (AccessDeniedException denied) {
      throw new Refusal(place() + " lets only root decide; as root: usersvc linger on " + name());
    }
  }

  /** Ends the user's lingering; returns the file that would be the first to do it. */
  public LingerFile remove(Account self) throws Refusal, IOException {
    requireRight(self);
    for (int next = number; next <= MOST; next++) {
      LingerFile file = at(next);
      Standing standing = file.standing();
      if (standing.on()) {
        file.delete(standing);
      }
    }
    return at(0);
  }

  private void delete(Standing standing) throws Refusal {
    try {
      Files.deleteIfExists(path());
    } catch (IOException refused) {
      String whose = this + " of " + standing.owner();
      throw new Refusal(whose + " is not yours to remove; as root: usersvc linger off " + name());
    }
  }

  private void requireRight(Account self) throws Refusal {
    if (!self.isRoot() && self.uid() != user.uid()) {
      throw new Refusal("only root decides for others; as root: usersvc linger on|off " + name());
    }
  }

  private String name() {
    return NativeText.printable(user.name());
  }

  private String place() {
    return NativeText.printable(NativePath.text(directory));
  }

  /** The path, printable. */
  @Override
  public String toString() {
    return NativeText.printable(NativePath.text(path()));
  }
}
