package io.integrationapi.build.end;

/**
 * Ends the Maven that calls it with status 1 and without a word. What kept the laptop from starting
 * was said in one line; Maven's own report of a process that failed would bury it under forty.
 */
public final class EndMaven {
  private EndMaven() {}

  /** Does not return. */
  public static void main(String[] arguments) {
    System.exit(1);
  }
}
