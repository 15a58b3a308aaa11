package io.integrationapi.local.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What the laptop prints when it can serve: where it is, and what to try. */
final class Welcome {

  private Welcome() {}

  static String text(URI api, URI store, Optional<Path> folder) {
    String kept = folder.map(path -> "kept in " + path).orElse("kept in memory only");
    return """
    Ready: %1$s

      my_api_token           the account that owns the two integrations which are here
      my_read_token          the same account, for reading only
      other_api_token        another account
      my_connector_token     the publisher, connector 57179182e0a908200c2781d9
      other_connector_token  another publisher

    For people: %1$s/console, and the reference at %1$s/docs

    Try:

      curl -H 'Authorization: Bearer my_api_token' %1$s/integrations

      curl -H 'Authorization: Bearer my_api_token' -H 'Content-Type: application/json' \\
           -d '{"name": "My first"}' %1$s/integrations

    The store is %2$s, %3$s. Ctrl-C ends it all.
    """
        .formatted(api, store, kept);
  }
}
