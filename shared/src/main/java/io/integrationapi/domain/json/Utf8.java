package io.integrationapi.domain.json;

/** UTF-8, without making it. */
public final class Utf8 {
  private static final int ONE_BYTE = 0x80;
  private static final int TWO_BYTES = 0x800;

  private Utf8() {}

  /**
   * The length of a text in UTF-8, in bytes. A surrogate without its other half counts as three.
   */
  public static int length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ONE_BYTE) {
        bytes += c < TWO_BYTES ? 1 : 2;
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          // Four bytes for two characters.
          i++;
        }
      }
    }
    return bytes;
  }
}
