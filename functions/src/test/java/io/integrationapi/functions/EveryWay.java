package io.integrationapi.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.integrationapi.functions.Api.Caller;
import io.integrationapi.functions.Api.Reply;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** All ways that lead to a document, each of which must answer it as it was sent. */
final class EveryWay {
  private EveryWay() {}

  /**
   * What each way answers that leads to the document: create, read, replace, patch of something
   * else, list, clone.
   */
  static List<JsonNode> documents(Api api, Caller caller, String body) {
    Reply created = api.create(caller, body);
    assertEquals(201, created.status(), created::toString);
    String path = "/integrations/" + created.id();
    List<Reply> replies = new ArrayList<>(List.of(created, api.get(caller, path).send()));
    replies.add(api.put(caller, path).body(body).send());
    replies.add(
        api.patch(caller, path).body("[{\"op\":\"add\",\"path\":\"/else\",\"value\":1}]").send());
    replies.add(api.get(caller, path).send());
    replies.add(api.post(caller, path + "/clone").send());

    List<JsonNode> documents = new ArrayList<>(replies.stream().map(Reply::json).toList());
    for (Reply page : Walk.pages(api, caller, "/integrations?limit=1000")) {
      page.json().values().stream()
          .filter(entry -> entry.path("_id").asString().equals(created.id()))
          .forEach(documents::add);
    }
    assertEquals(7, documents.size());
    return documents;
  }
}
