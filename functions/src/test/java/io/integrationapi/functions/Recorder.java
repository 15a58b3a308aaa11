package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Does what the mapping of the template does on AWS, at the time that a test chooses. */
final class Recorder {
  private final Api api;

  Recorder(Api api) {
    this.api = api;
  }

  /** Makes the rows of what has changed since. */
  void record() {
    record(pending());
  }

  /** The records of what has changed since, which are then to be recorded by the caller. */
  List<ObjectNode> pending() {
    return api.takeRecords();
  }

  void record(List<ObjectNode> records) {
    assertEquals(List.of(), api.record(records), "records that were not kept");
  }
}
