package io.integrationapi.local.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that keeps the data, taken by one process at a time: two that write the same database
 * would destroy it. The lock ends with the process, however it ends.
 */
final class DataFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes the folder if it is not there, and takes it. */
  static DataFolder take(Path folder) throws StartFault {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new StartFault(
          "DATA_DIR is "
              + folder
              + ", which is a file: set it to a folder, or to memory to keep nothing.");
    }

    try {
      Files.createDirectories(folder);
      // Never removed: who removes a lock's file lets two others hold it at once.
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(lock)) {
        lock.close();
        throw new StartFault(
            "The folder "
                + folder
                + " is in use by another server: end that one, or set DATA_DIR to another folder.");
      }
      var taken = new DataFolder(folder, lock);
      taken.forgetHalfAFill();
      return taken;
    } catch (IOException e) {
      throw new StartFault(
          "The folder "
              + folder
              + " cannot be written to: make it writable, or set DATA_DIR to another folder.");
    }
  }

  /** Fills the store that is in here. Should that be cut off, the next start finds it empty. */
  void fill(Runnable filling) {
    try {
      Files.createFile(mark());
      filling.run();
      Files.delete(mark());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody was told yet that the store serves, so nothing is lost. */
  private void forgetHalfAFill() throws IOException {
    if (Files.exists(mark())) {
      try (DirectoryStream<Path> database =
          Files.newDirectoryStream(folder, "shared-local-instance.db*")) {
        for (Path file : database) {
          Files.delete(file);
        }
      }
      Files.delete(mark());
    }
  }

  private Path mark() {
    return folder.resolve("filling");
  }

  private static boolean isTaken(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }
}
