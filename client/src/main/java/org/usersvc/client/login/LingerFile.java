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
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.NativeText;

/**
 * The file by which a user lingers: his services may go on after his last logout. It counts if it
 * is a plain file of root's or of the user's own.
 */
public record LingerFile(Path path, Account user) {
  /** Of that user. */
  public static LingerFile of(Account user, Map<String, String> environment) {
    Path directory = Root.of(environment).linger();
    return new LingerFile(directory.resolve(user.name()), user);
  }

  /** Whether it is there and counts, and whose it is. */
  public Standing standing() throws IOException {
    @Nullable FileFacts facts = FileFacts.of(path, LinkOption.NOFOLLOW_LINKS);
    if (facts == null) {
      return new Standing(false, "");
    }
    boolean trusted = facts.uid() == user.uid() || facts.uid() == 0;
    return new Standing(facts.isRegular() && trusted, facts.owner());
  }

  /**
   * How things are.
   *
   * @param on whether the user lingers
   * @param owner of what is there, even if it does not count; empty if nothing is
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

  /** Has the user linger. */
  public void make(Account self) throws Refusal, IOException {
    requireRight(self);
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException there) {
      Standing standing = standing();
      if (!standing.on()) {
        throw new Refusal(
            this + " belongs to " + standing.owner() + " and does not count; as root: rm " + this);
      }
    } catch (NoSuchFileException noDirectory) {
      throw new Refusal(
          directory() + " does not exist; as root: install -d -m 1733 " + directory());
    } catch (AccessDeniedException denied) {
      throw new Refusal(
          directory() + " lets only root decide; as root: usersvc linger on " + name());
    }
  }

  /** Has the user linger no more. */
  public void remove(Account self) throws Refusal, IOException {
    requireRight(self);
    Standing standing = standing();
    if (!standing.on()) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException refused) {
      throw new Refusal(
          this
              + " of "
              + standing.owner()
              + " is not yours to remove; as root: usersvc linger off "
              + name());
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

  private String directory() {
    return NativeText.printable(NativePath.text(path.resolveSibling("")));
  }

  /** The path, printable. */
  @Override
  public String toString() {
    return NativeText.printable(NativePath.text(path));
  }
}
