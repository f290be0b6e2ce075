// Swagger UI over the server's own document, and what makes it pleasant here: the colours that the reader's system has,
// an order in which every operation can be executed, and a token of the development issuer for the asking, if settings.json
// says that there is one.
//
// Uses Swagger UI's plugin API (docs/customization/plugin-api.md of its repository), which may change with a minor version.

/** The document's security scheme. */
const BEARER = "bearerAuth";
/** The scheme that this page adds while the development issuer is on. */
const OAUTH = "developmentIssuer";
/** The kind of token that is asked for first, as `x-token-kind` has it. */
const APPLICATION = "application";
/** The section of what deletes. */
const CLEAN_UP = "Clean up";
/** A token is replaced this long before its end, milliseconds. */
const MARGIN_MS = 60_000;

followColourScheme();
start(await settings());

function start({ developmentIssuer }) {
  const page = {
    dom_id: "#swagger-ui",
    url: here("openapi.json"),
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    persistAuthorization: true,
    plugins: [cleanUpLast()],
    syntaxHighlight: { theme: "tomorrow-night" }, // numbers in the default one can hardly be read
    tryItOutEnabled: true,
    validatorUrl: null,
  };
  if (!developmentIssuer) {
    SwaggerUIBundle(page);
    return;
  }
  const issuer = { ...developmentIssuer, tokenUrl: here(developmentIssuer.tokenUrl) };
  const ofIssuer = [clientCredentials(issuer), oneAuthorization(), demoToken(issuer)];
  const ui = SwaggerUIBundle({ ...page, plugins: [...page.plugins, ...ofIssuer] });
  ui.initOAuth({ clientId: issuer.clientId, clientSecret: issuer.clientSecret });
}

async function settings() {
  try {
    return await (await fetch(here("docs/settings.json"))).json();
  } catch {
    return {}; // The server is gone: Swagger UI says so when it misses the document.
  }
}

/** The address of what is served beside this page. */
function here(path) {
  return new URL(path, document.baseURI).href;
}

function followColourScheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();
}

/**
 * Shows what deletes in a section of its own at the end, what is made last first: what the sections before it need is still
 * there. The document is left as it is: its tags are classes in generated clients.
 */
function cleanUpLast() {
  const deletes = (operation) => operation.get("method") === "delete";
  const taggedOperations = (original, { Im }) => (state, ...rest) => {
    const tags = original(state, ...rest);
    const operations = tags.toList().flatMap((tag) => tag.get("operations").filter(deletes)).reverse();
    if (operations.isEmpty()) return tags;
    const others = tags.map((tag) => tag.update("operations", (all) => all.filterNot(deletes)));
    const tagDetails = Im.Map({ name: CLEAN_UP, description: "What the sections above need is deleted, the last made first." });
    return others.set(CLEAN_UP, Im.Map({ tagDetails, operations }));
  };
  // A link that names the tag of the document leads here too.
  const parseDeepLinkHash = (original) => (hash) => original(hash.replace(/^#\/\w+\/(?=delete\w+$)/, `#/${CLEAN_UP}/`));
  return () => ({
    statePlugins: {
      layout: { wrapActions: { parseDeepLinkHash } },
      spec: { wrapSelectors: { taggedOperations } },
    },
  });
}

/**
 * Adds the issuer's client credentials flow to the document as it is shown. It is not in the document itself: where tokens
 * come from is no part of the contract, and elsewhere it is another address.
 */
function clientCredentials({ tokenUrl }) {
  const added = (spec) => {
    const operations = Object.values(spec.paths).flatMap(Object.values);
    const permissions = operations.flatMap((operation) => operation["x-required-scopes"] ?? []);
    const scheme = {
      type: "oauth2",
      description:
        "A token of the built-in development issuer, for an application. Any client id and secret will do; " +
        "without a scope the token has every permission.",
      flows: {
        clientCredentials: {
          tokenUrl,
          scopes: Object.fromEntries(permissions.map((permission) => [permission, ""])),
        },
      },
    };
    const schemes = { ...spec.components.securitySchemes, [OAUTH]: scheme };
    return {
      ...spec,
      security: [...spec.security, { [OAUTH]: [] }],
      components: { ...spec.components, securitySchemes: schemes },
    };
  };
  const updateJsonSpec = (original) => (spec) => original(added(spec));
  return () => ({ statePlugins: { spec: { wrapActions: { updateJsonSpec } } } });
}

/** The last authorization is the one that counts: both would want the same header. */
function oneAuthorization() {
  const insteadOf = (other) => (original, system) => (payload) => {
    if (system.authSelectors.authorized().has(other)) {
      system.authActions.logout([other]);
    }
    return original(payload);
  };
  const wrapActions = {
    authorizeWithPersistOption: insteadOf(OAUTH),
    authorizeOauth2WithPersistOption: insteadOf(BEARER),
  };
  return () => ({ statePlugins: { auth: { wrapActions } } });
}

/**
 * A button beside *Authorize*, which does what one would do there with a token of the demo app. A token that it has filled
 * in is kept alive, and replaced by one of the demo user for an operation that takes no application's, or back; one of the reader's
 * own is left alone.
 */
function demoToken(issuer) {
  // Of a token that an earlier visit has left it is not known whether the issuer still has its key.
  let goodUntil = 0;
  let filled = APPLICATION;

  const fill = async ({ authActions, errActions, specSelectors }, kind = APPLICATION) => {
    errActions.clear({ type: "thrown" });
    try {
      const { access_token: value, expires_in: seconds } = await mint(issuer, kind);
      const schema = specSelectors.specJson().getIn(["components", "securitySchemes", BEARER]).toJS();
      authActions.authorizeWithPersistOption({ [BEARER]: { name: BEARER, schema, value, ofThisPage: true } });
      goodUntil = Date.now() + seconds * 1000 - MARGIN_MS;
      filled = kind;
    } catch (error) {
      errActions.newThrownErr(error);
    }
  };

  const execute = (original, system) => async (request) => {
    const ours = system.authSelectors.authorized().getIn([BEARER, "ofThisPage"]);
    const operation = ["paths", request.path, request.method];
    const kind = system.specSelectors.specJson().getIn([...operation, "x-token-kind"], filled);
    if (ours && (kind !== filled || Date.now() > goodUntil)) {
      await fill(system, kind);
    }
    return original(request);
  };

  const authorizeBtn = (Original, system) => (props) => {
    const h = system.React.createElement;
    const button = h("button", { className: "btn authorize get-token", onClick: () => fill(system) }, "Get a token");
    return h("div", { className: "get-token-wrapper" }, button, h(Original, props));
  };

  return () => ({
    statePlugins: { spec: { wrapActions: { execute } } },
    wrapComponents: { authorizeBtn },
  });
}

async function mint({ tokenUrl, clientId, clientSecret, user }, kind) {
  const client = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const form = kind === APPLICATION ? client : { ...client, user };
  const response = await fetch(tokenUrl, { method: "POST", body: new URLSearchParams(form) });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`No token (${response.status}): ${answer.error_description ?? answer.error}`);
  }
  return answer;
}
