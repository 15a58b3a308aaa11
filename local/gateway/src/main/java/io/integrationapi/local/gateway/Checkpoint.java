package io.integrationapi.local.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far each shard of a stream was read. Its file is replaced as a whole, so that a process that
 * is killed leaves the one before or the one after. One that is lost, or of another stream, costs
 * repetitions, which the function must bear anyway.
 */
final class Checkpoint {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String END = "end";

  private final Optional<Path> file;
  private String stream = "";
  private final Map<String, String> shards = new LinkedHashMap<>();

  /**
   * @param file empty to keep it in memory only
   */
  Checkpoint(Optional<Path> file) {
    this.file = file;
    file.filter(Files::exists).ifPresent(this::read);
  }

  /** From now on it is about that stream. */
  void follow(String arn) {
    if (!arn.equals(stream)) {
      stream = arn;
      shards.clear();
    }
  }

  /** The last record of a shard that was taken; null if none was. */
  @Nullable String last(String shard) {
    return shards.get(shard);
  }

  boolean isAtEnd(String shard) {
    return END.equals(shards.get(shard));
  }

  /** Everything up to that record was taken. */
  void taken(String shard, String sequenceNumber) throws IOException {
    shards.put(shard, sequenceNumber);
    write();
  }

  /** Nothing more will come of that shard. */
  void end(String shard) throws IOException {
    taken(shard, END);
  }

  /** What was taken last is no longer in the shard. */
  void forget(String shard) {
    shards.remove(shard);
  }

  private void write() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    ObjectNode json = JSON.createObjectNode().put("stream", stream);
    ObjectNode positions = json.putObject("shards");
    shards.forEach(positions::put);
    Path next = file.get().resolveSibling(file.get().getFileName() + ".next");
    Files.write(next, JSON.writeValueAsBytes(json));
    Files.move(
        next, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void read(Path from) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(from));
      stream = json.path("stream").asString("");
      json.path("shards")
          .properties()
          .forEach(shard -> shards.put(shard.getKey(), shard.getValue().asString("")));
    } catch (IOException | JacksonException e) {
      Log.line(
          "The checkpoint " + from + " cannot be read; the stream is read from its beginning.");
    }
  }
}
