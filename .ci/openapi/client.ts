// The generated TypeScript client at work on a laptop, whose host and port are the argument.
import { strict as assert } from 'node:assert';
import {
  Configuration,
  IntegrationsApi,
  ManagedUpdatesApi,
  NotFoundErrorsFromJSON,
  PatchConflictErrorsFromJSON,
  PreconditionFailedErrorsFromJSON,
  ResponseError,
  SortOrder,
  TokensApi,
} from './index';

const connector = '57179182e0a908200c2781d9';
const managed = '57974ed227a82a3475cecb15';
const connection = '57974ed21d2e4ab87ae46d99';
const otherConnection = '6a0c1d2e3f4a5b6c7d8e9f00';
const run = Date.now();

let passed = 0;
function check(what: string, expected: unknown, actual: unknown): void {
  assert.deepStrictEqual(actual, expected, `${what}: expected ${expected}, was ${actual}`);
  passed++;
}

function configuration(accessToken: string): Configuration {
  return new Configuration({ basePath: `http://${process.argv[2]}/v1`, accessToken });
}

async function refusal(call: Promise<unknown>): Promise<Response> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ResponseError) return error.response;
    throw error;
  }
  throw new Error('It was not refused');
}

async function main(): Promise<void> {
  const api = new IntegrationsApi(configuration('my_api_token'));
  check('tokenInfo', '*', (await new TokensApi(configuration('my_api_token')).getTokenInfo()).scope);

  const made: string[] = [];
  for (let i = 0; i < 3; i++) {
    const request = {
      idempotencyKey: `typescript-${i}-${run}`,
      integrationDraft: { name: `TypeScript ${i}`, settings: { region: 'EMEA' }, sandbox: false },
    };
    const first = await api.createIntegration(request);
    check('the same key, the same integration', first.id, (await api.createIntegration(request)).id);
    made.push(first.id);
  }
  const id = made[0];

  const got = await api.getIntegrationRaw({ id });
  const etag = got.raw.headers.get('ETag') ?? '';
  const document = await got.value();
  check('get', 'TypeScript 0', document.name);
  check('settings', { region: 'EMEA' }, document.settings);
  check('any other member', false, document['sandbox']);

  // Page by page; a filter and an order that leave all of them in.
  const longAgo = new Date('2000-01-01T00:00:00Z');
  const listed: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listIntegrationsRaw({
      limit: 2, cursor, sort: SortOrder.BY_ID, include: 'mode,lastModified', createdAfter: longAgo, modifiedAfter: longAgo,
    });
    for (const integration of await page.value()) listed.push(integration.id ?? '');
    const link = /^<([^>]+)>; rel="next"$/.exec(page.raw.headers.get('Link') ?? '');
    cursor = link === null ? undefined : new URL(link[1]).searchParams.get('cursor') ?? undefined;
  } while (cursor !== undefined);
  check('each once', listed.length, new Set(listed).size);
  check('in order', [...listed].sort(), listed);
  check('all of them', true, made.every((each) => listed.includes(each)));

  const replacement = { id, ifMatch: etag, integrationDraft: { name: 'TypeScript, replaced', settings: { region: 'APAC' } } };
  check('replace', 'TypeScript, replaced', (await api.replaceIntegration(replacement)).name);
  const stale = await refusal(api.replaceIntegration(replacement));
  check('replace an older version', 412, stale.status);
  check('its error', 'precondition_failed', PreconditionFailedErrorsFromJSON(await stale.json()).errors[0].code);

  const patched = await api.patchIntegration({ id, jsonPatchOperation: [{ op: 'add', path: '/settings/seats', value: 20 }] });
  check('patch', 20, patched.settings?.['seats']);
  const failed = await refusal(
    api.patchIntegration({ id, jsonPatchOperation: [{ op: 'test', path: '/settings/seats', value: 21 }] }),
  );
  check('patch that fails', 409, failed.status);
  check('its error', 'patch_failed', PatchConflictErrorsFromJSON(await failed.json()).errors[0].code);

  const copy = await api.cloneIntegration({ id });
  made.push(copy.id);
  check('clone without a body', 'Clone - TypeScript, replaced', copy.name);
  const mapped = await api.cloneIntegration({
    id: managed,
    idempotencyKey: `typescript-clone-${run}`,
    cloneRequest: { name: 'TypeScript, cloned', connectionMap: { [connection]: otherConnection } },
  });
  made.push(mapped.id);
  check('clone with a body', 'TypeScript, cloned', mapped.name);
  check('its connection', otherConnection, mapped.install?.[0].connectionId);

  const publisher = new ManagedUpdatesApi(configuration('my_connector_token'));
  const begun = await publisher.beginUpdate({ id: connector, updateRequest: { integrationIds: [mapped.id] } });
  check('begin an update', 'started', begun[0].status);
  const locked = await refusal(
    api.patchIntegration({ id: mapped.id, jsonPatchOperation: [{ op: 'add', path: '/settings/a', value: 1 }] }),
  );
  const lock = PatchConflictErrorsFromJSON(await locked.json()).errors[0];
  check('locked', 'update_in_progress', lock.code);
  check('whose update it is', connector, 'connectorId' in lock ? lock.connectorId : undefined);
  const base = await publisher.listInstallBase({ id: connector, limit: 1000 });
  check('install base', true, base.some((row) => row.integrationId === mapped.id && row.updateInProgress === true));
  await new IntegrationsApi(configuration('my_connector_token')).patchIntegration({
    id: mapped.id,
    jsonPatchOperation: [{ op: 'replace', path: '/updateInProgress', value: false }],
  });

  for (const each of made) await api.deleteIntegration({ id: each });
  const gone = await refusal(api.getIntegration({ id }));
  check('deleted', 'not_found', NotFoundErrorsFromJSON(await gone.json()).errors[0].code);

  console.log(`TypeScript: ${passed} passed, 0 failed`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
