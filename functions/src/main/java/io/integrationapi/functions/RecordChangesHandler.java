package io.integrationapi.functions;

import io.integrationapi.domain.history.RecordChanges;
import io.integrationapi.edge.StreamHandler;
import io.integrationapi.wiring.Components;
import java.util.List;
import java.util.function.Consumer;

/** The table's stream hands over what was changed, and the history gets its rows. */
public final class RecordChangesHandler extends StreamHandler {
  private final RecordChanges recordChanges;

  /** From the function's environment. */
  public RecordChangesHandler() {
    this(Components.fromEnvironment());
  }

  /** With the given components. */
  public RecordChangesHandler(Components components) {
    super(components.metrics());
    this.recordChanges = components.recordChanges();
  }

  @Override
  protected List<String> take(
      List<RecordChanges.StreamRecord> batch, Consumer<Throwable> failures) {
    return recordChanges.record(batch, failures);
  }
}
