package io.integrationapi.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file that is served, with its tag; it is compressed when it is first asked for so. */
final class Content {

  private final String type;
  private final byte[] bytes;
  private final String hash;
  private volatile byte @Nullable [] compressed;

  Content(String type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
    this.hash = Hash.of(bytes);
  }

  String type() {
    return type;
  }

  byte[] bytes(boolean gzip) {
    if (!gzip) {
      return bytes;
    }
    byte[] present = compressed;
    if (present == null) {
      present = compress();
      compressed = present;
    }
    return present;
  }

  /** A strong tag names bytes, so each encoding has its own. */
  String tag(boolean gzip) {
    return '"' + hash + (gzip ? "-gzip" : "") + '"';
  }

  private byte[] compress() {
    var output = new ByteArrayOutputStream(bytes.length / 3);
    try (var gzip =
        new GZIPOutputStream(output) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.toByteArray();
  }
}
