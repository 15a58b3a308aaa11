package io.integrationapi.local.stack;

import java.util.List;

/**
 * Which function gets the records of a table's stream, and how, beginning with the oldest.
 *
 * @param logicalId its name in the template
 * @param function the function's logical id
 * @param table the table's name
 * @param batchSize how many records an invocation gets at most
 * @param bisects whether a batch that an invocation fails on comes again in two halves
 * @param reportsFailures whether the function's answer says which records must come again
 * @param retries how often a batch comes again at most; -1 for as long as the stream has it
 * @param patterns a record must match one of these, unless there is none
 */
public record EventSourceMapping(
    String logicalId,
    String function,
    String table,
    int batchSize,
    boolean bisects,
    boolean reportsFailures,
    int retries,
    List<String> patterns) {

  /** Copies the patterns, so that a mapping stays what it is. */
  public EventSourceMapping {
    patterns = List.copyOf(patterns);
  }
}
