package org.usersvc.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Starts programs, and writes files that are executed, never both at the same time: a program that
 * is started while another thread writes a file has that file open for writing until it is
 * executed, and for so long nobody can execute the file (ETXTBSY, execve(2)). Any thread.
 */
final class Executables {
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

  private Executables() {}

  static Process start(ProcessBuilder program) throws IOException {
    LOCK.readLock().lock();
    try {
      return program.start();
    } finally {
      LOCK.readLock().unlock();
    }
  }

  static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(UTF_8));
  }

  static void write(Path file, byte[] content) throws IOException {
    LOCK.writeLock().lock();
    try {
      Files.write(file, content);
    } finally {
      LOCK.writeLock().unlock();
    }
  }
}
