"""The generated Python client at work on a laptop, whose host and port are the argument."""

import json
import re
import sys
import time
from datetime import datetime, timezone
from urllib.parse import unquote

from openapi_client import ApiClient, Configuration, IntegrationsApi, ManagedUpdatesApi, TokensApi
from openapi_client.exceptions import ApiException
from openapi_client.models import (
    CloneRequest,
    IntegrationDraft,
    JsonPatchOperation,
    NotFoundErrors,
    PatchConflictErrors,
    PatchFailedError,
    PreconditionFailedErrors,
    SortOrder,
    UpdateInProgressError,
    UpdateRequest,
)

CONNECTOR = "57179182e0a908200c2781d9"
MANAGED = "57974ed227a82a3475cecb15"
CONNECTION = "57974ed21d2e4ab87ae46d99"
OTHER_CONNECTION = "6a0c1d2e3f4a5b6c7d8e9f00"
RUN = time.time_ns()

passed = 0


def check(what, expected, actual):
    global passed
    assert expected == actual, f"{what}: expected {expected!r}, was {actual!r}"
    passed += 1


def client(token):
    """By the server of the document that has a host."""
    configuration = Configuration(server_index=0, server_variables={"host": sys.argv[1]}, access_token=token)
    return ApiClient(configuration)


def refusal(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except ApiException as refused:
        return refused
    raise AssertionError("It was not refused")


account = client("my_api_token")
api = IntegrationsApi(account)
check("tokenInfo", "*", TokensApi(account).get_token_info().scope)

made = []
for i in range(3):
    draft = IntegrationDraft(name=f"Python {i}", settings={"region": "EMEA"})
    draft.additional_properties["sandbox"] = False
    first = api.create_integration(draft, idempotency_key=f"python-{i}-{RUN}")
    again = api.create_integration(draft, idempotency_key=f"python-{i}-{RUN}")
    check("the same key, the same integration", first.id, again.id)
    made.append(first.id)
id = made[0]

got = api.get_integration_with_http_info(id)
etag = got.headers["ETag"]
check("get", "Python 0", got.data.name)
check("settings", {"region": "EMEA"}, got.data.settings)
check("any other member", False, got.data.additional_properties["sandbox"])

# Page by page; a filter and an order that leave all of them in.
long_ago = datetime(2000, 1, 1, tzinfo=timezone.utc)
listed = []
cursor = None
while True:
    page = api.list_integrations_with_http_info(
        limit=2,
        cursor=cursor,
        sort=SortOrder.BY_ID,
        include="mode,lastModified",
        created_after=long_ago,
        modified_after=long_ago,
    )
    listed += [integration.id for integration in page.data]
    link = re.search(r"[?&]cursor=([^&>]+)", page.headers.get("Link", ""))
    if link is None:
        break
    cursor = unquote(link[1])
check("each once", len(listed), len(set(listed)))
check("in order", sorted(listed), listed)
check("all of them", True, set(made) <= set(listed))

replacement = IntegrationDraft(name="Python, replaced", settings={"region": "APAC"})
check("replace", "Python, replaced", api.replace_integration(id, replacement, if_match=etag).name)
stale = refusal(api.replace_integration, id, replacement, if_match=etag)
check("replace an older version", 412, stale.status)
check("its error", "precondition_failed", PreconditionFailedErrors.from_json(stale.body).errors[0].code)

patched = api.patch_integration(id, [JsonPatchOperation(op="add", path="/settings/seats", value=20)])
check("patch", 20, patched.settings["seats"])
failed = refusal(api.patch_integration, id, [JsonPatchOperation(op="test", path="/settings/seats", value=21)])
check("patch that fails", 409, failed.status)
check("its error", PatchFailedError, type(PatchConflictErrors.from_json(failed.body).errors[0].actual_instance))

copy = api.clone_integration(id)
made.append(copy.id)
check("clone without a body", "Clone - Python, replaced", copy.name)
mapped = api.clone_integration(
    MANAGED,
    idempotency_key=f"python-clone-{RUN}",
    clone_request=CloneRequest(name="Python, cloned", connection_map={CONNECTION: OTHER_CONNECTION}),
)
made.append(mapped.id)
check("clone with a body", "Python, cloned", mapped.name)
check("its connection", OTHER_CONNECTION, mapped.install[0].connection_id)

connector = client("my_connector_token")
publisher = ManagedUpdatesApi(connector)
begun = publisher.begin_update(CONNECTOR, UpdateRequest(_integrationIds=[mapped.id]))
check("begin an update", "started", begun[0].status)
locked = refusal(api.patch_integration, mapped.id, [JsonPatchOperation(op="add", path="/settings/a", value=1)])
lock = PatchConflictErrors.from_json(locked.body).errors[0].actual_instance
check("locked", UpdateInProgressError, type(lock))
check("whose update it is", CONNECTOR, lock.connector_id)
base = publisher.list_install_base(CONNECTOR, limit=1000)
check("install base", True, any(row.integration_id == mapped.id and row.update_in_progress for row in base))
IntegrationsApi(connector).patch_integration(
    mapped.id, [JsonPatchOperation(op="replace", path="/updateInProgress", value=False)]
)

for each in made:
    api.delete_integration(each)
gone = refusal(api.get_integration, id)
check("deleted", "not_found", NotFoundErrors.from_json(gone.body).errors[0].code)

print(f"Python: {passed} passed, 0 failed")
